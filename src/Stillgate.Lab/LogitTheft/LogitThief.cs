using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MathNet.Numerics.LinearAlgebra;

namespace Stillgate.Lab.LogitTheft;

/// <summary>
/// Steals the last layer's rank through an API (Carlini et al., "Stealing Part of a Production Language Model", 2024): reads the logits
/// of every token for a number of prompts and counts the singular values of their matrix that are not zero.
/// </summary>
internal sealed class LogitThief(HttpClient client, IReadOnlyList<string> keys, TheftOptions options)
{
    // A token that is unlikely by this much more than the likeliest is out of the toy's reach.
    private const double BiasMax = 64;
    private const int Halvings = 18;

    // Between the last singular value of the signal and the first of the noise lies at least this factor, or nothing is claimed.
    private const double GapMin = 30;
    private const int ParallelMax = 8;
    private readonly double?[,] _logits = new double?[options.PromptCount, options.VocabularySize];
    private long _requestCount;
    private long _refusedCount;

    public static string Prompt(int prompt) => string.Create(CultureInfo.InvariantCulture, $"prompt {prompt}");

    public async Task<TheftResult> StealAsync(TheftCase theft, ToySoftmax truth, CancellationToken cancellation)
    {
        switch (theft.Strategy)
        {
            case TheftStrategy.Together:
                await EachPromptAsync(prompt => ReadTogetherAsync(prompt, cancellation), cancellation).ConfigureAwait(false);
                break;
            case TheftStrategy.ByTurns:
                await EachPromptAsync(prompt => ReadLikeliestAsync(prompt, cancellation), cancellation).ConfigureAwait(false);
                await SearchAllAsync(cancellation).ConfigureAwait(false);
                break;
            default:
                await SearchAllAsync(cancellation).ConfigureAwait(false);
                break;
        }

        return Judge(theft, truth);
    }

    /// <summary>
    /// The rank that a matrix with known columns shows; null where no gap between singular values is clear. Rows are taken from their
    /// mean, which itself takes one rank of the columns: that one is no finding.
    /// </summary>
    public static int? RankOf(double[,] columns)
    {
        if (columns.GetLength(0) < 2 || columns.GetLength(1) < 3)
        {
            return null;
        }

        var values = Matrix<double>.Build.DenseOfArray(columns).Svd(computeVectors: false).S;
        var floor = values[0] * 1e-9;
        var (rank, widest) = (0, 0.0);
        for (var at = 0; at + 1 < Math.Min(values.Count, columns.GetLength(1) - 1); at++)
        {
            var gap = Math.Max(values[at], floor) / Math.Max(values[at + 1], floor);
            (rank, widest) = gap > widest ? (at + 1, gap) : (rank, widest);
        }

        return widest >= GapMin ? rank : null;
    }

    private Task EachPromptAsync(Func<int, Task> act, CancellationToken cancellation) => Parallel.ForAsync(
        0, options.PromptCount, new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellation }, async (prompt, _) => await act(prompt).ConfigureAwait(false));

    /// <summary>Raises a batch of tokens and one token to compare with by the same bias: their log-probabilities differ as their logits do.</summary>
    private async Task ReadTogetherAsync(int prompt, CancellationToken cancellation)
    {
        const int batch = ToySoftmaxProvider.TopMax - 1;
        for (var first = 1; first < options.VocabularySize; first += batch)
        {
            var tokens = Enumerable.Range(first, Math.Min(batch, options.VocabularySize - first)).Prepend(0).ToArray();
            var answer = await AskAsync(prompt, KeyOf(first / batch), tokens.ToDictionary(token => token, _ => 100.0), logprobs: true, cancellation).ConfigureAwait(false);
            if (answer is null)
            {
                continue;
            }

            foreach (var token in tokens.Where(answer.Logprobs.ContainsKey))
            {
                _logits[prompt, token] = answer.Logprobs[token] - answer.Logprobs[0];
            }
        }
    }

    /// <summary>The likeliest tokens' log-probabilities, without a bias.</summary>
    private async Task ReadLikeliestAsync(int prompt, CancellationToken cancellation)
    {
        var answer = await AskAsync(prompt, KeyOf(0), new Dictionary<int, double>(), logprobs: true, cancellation).ConfigureAwait(false);
        if (answer is null)
        {
            return;
        }

        foreach (var (token, logprob) in answer.Logprobs)
        {
            _logits[prompt, token] = logprob - answer.Logprobs[answer.Token];
        }
    }

    /// <summary>By tokens, not by prompts: a bound on tokens then leaves whole columns.</summary>
    private async Task SearchAllAsync(CancellationToken cancellation)
    {
        var likeliest = new int?[options.PromptCount];
        await EachPromptAsync(
            async prompt => likeliest[prompt] = (await AskAsync(prompt, KeyOf(prompt), new Dictionary<int, double>(), logprobs: false, cancellation).ConfigureAwait(false))?.Token,
            cancellation).ConfigureAwait(false);
        for (var token = 0; token < options.VocabularySize; token++)
        {
            var searched = token;
            await EachPromptAsync(prompt => likeliest[prompt] is { } top ? SearchAsync(prompt, searched, top, cancellation) : Task.CompletedTask, cancellation).ConfigureAwait(false);
        }
    }

    private async Task SearchAsync(int prompt, int token, int likeliest, CancellationToken cancellation)
    {
        if (_logits[prompt, token] is not null)
        {
            return;
        }

        if (token == likeliest)
        {
            _logits[prompt, token] = 0;
            return;
        }

        var (low, high) = (0.0, BiasMax);
        for (var halving = 0; halving < Halvings; halving++)
        {
            var middle = (low + high) / 2;
            if (await AskAsync(prompt, KeyOf(token), new Dictionary<int, double> { [token] = middle }, logprobs: false, cancellation).ConfigureAwait(false) is not { } answer)
            {
                return;
            }

            (low, high) = answer.Token == token ? (low, middle) : (middle, high);
        }

        _logits[prompt, token] = -(low + high) / 2;
    }

    private string KeyOf(int turn) => keys[turn % keys.Count];

    private async Task<ToyAnswer?> AskAsync(int prompt, string key, Dictionary<int, double> bias, bool logprobs, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _requestCount);
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(BodyOf(prompt, bias, logprobs), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        using var response = await client.SendAsync(request, cancellation).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            Interlocked.Increment(ref _refusedCount);
            return null;
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false));
        return ToyAnswer.Of(answer.RootElement);
    }

    private static string BodyOf(int prompt, Dictionary<int, double> bias, bool logprobs)
    {
        var body = new StringBuilder();
        body.Append(CultureInfo.InvariantCulture, $$"""{"model":"toy","max_tokens":1,"temperature":0,"messages":[{"role":"user","content":"{{Prompt(prompt)}}"}]""");
        if (bias.Count > 0)
        {
            body.Append(",\"logit_bias\":{").AppendJoin(',', bias.Select(pair => string.Create(CultureInfo.InvariantCulture, $"\"{pair.Key}\":{pair.Value:R}"))).Append('}');
        }

        return body.Append(logprobs ? ",\"logprobs\":true,\"top_logprobs\":20}" : "}").ToString();
    }

    private TheftResult Judge(TheftCase theft, ToySoftmax truth)
    {
        var (recovered, error) = (0, (double?)null);
        for (var prompt = 0; prompt < options.PromptCount; prompt++)
        {
            var logits = truth.Logits(Prompt(prompt));
            var known = Enumerable.Range(0, options.VocabularySize).Where(token => _logits[prompt, token] is not null).ToArray();
            recovered += known.Length;
            if (known.Length > 0)
            {
                // The constant of a prompt is that of its first known token.
                var shift = logits[known[0]] - _logits[prompt, known[0]]!.Value;
                error = Math.Max(error ?? 0, known.Max(token => Math.Abs(logits[token] - shift - _logits[prompt, token]!.Value)));
            }
        }

        return new TheftResult
        {
            Case = theft,
            RequestCount = _requestCount,
            RefusedCount = _refusedCount,
            RecoveredCount = recovered,
            LogitCount = options.PromptCount * options.VocabularySize,
            LargestError = error,
            Rank = RankOf(WholeColumns()),
            TrueRank = truth.HiddenSize,
        };
    }

    /// <summary>The tokens that are known for every prompt, each prompt's logits taken from their mean, so that its constant is gone.</summary>
    private double[,] WholeColumns()
    {
        var whole = Enumerable.Range(0, options.VocabularySize).Where(token => Enumerable.Range(0, options.PromptCount).All(prompt => _logits[prompt, token] is not null)).ToArray();
        var columns = new double[options.PromptCount, whole.Length];
        for (var prompt = 0; prompt < options.PromptCount; prompt++)
        {
            var mean = whole.Length == 0 ? 0 : whole.Average(token => _logits[prompt, token]!.Value);
            for (var at = 0; at < whole.Length; at++)
            {
                columns[prompt, at] = _logits[prompt, whole[at]]!.Value - mean;
            }
        }

        return columns;
    }
}
