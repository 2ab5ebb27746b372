using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stillgate.Protocol.Errors;

namespace Stillgate.Gateway.Budgets;

/// <summary>
/// What is left for a client, of each thing by the budget that leaves the least of it, in the headers that the dialect's own clients read.
/// They stand in the place of the provider's, which tell of the operator's account there and not of the client's here.
/// </summary>
internal sealed class BudgetRates
{
    private Rate _requests;
    private Rate _input;
    private Rate _output;

    /// <summary>Takes in a budget as it stands.</summary>
    public void Add(BudgetOptions limit, in BudgetUse used, DateTimeOffset resetsAt)
    {
        Keep(ref _requests, limit.Requests, used.Requests, resetsAt);
        Keep(ref _input, limit.InputTokens, used.InputTokens, resetsAt);
        Keep(ref _output, limit.OutputTokens, used.OutputTokens, resetsAt);
    }

    public void Write(IHeaderDictionary headers, ErrorShape shape, DateTimeOffset now)
    {
        switch (shape)
        {
            case ErrorShape.Anthropic:
                Anthropic(headers, "requests", _requests);
                Anthropic(headers, "input-tokens", _input);
                Anthropic(headers, "output-tokens", _output);
                break;
            case ErrorShape.OpenAi:
                // Its clients know tokens of one kind: of ours, the one of which less is left.
                OpenAi(headers, "requests", _requests, now);
                OpenAi(headers, "tokens", _output.Bound is not null && (_input.Bound is null || _output.Left < _input.Left) ? _output : _input, now);
                break;
        }
    }

    private static void Keep(ref Rate kept, long? bound, long used, DateTimeOffset resetsAt)
    {
        if (bound is { } most && (kept.Bound is null || most - used < kept.Left))
        {
            kept = new Rate(most, Math.Max(0, most - used), resetsAt);
        }
    }

    private static void OpenAi(IHeaderDictionary headers, string what, in Rate rate, DateTimeOffset now)
    {
        if (rate.Bound is { } bound)
        {
            headers["x-ratelimit-limit-" + what] = Text(bound);
            headers["x-ratelimit-remaining-" + what] = Text(rate.Left);
            headers["x-ratelimit-reset-" + what] = Text(Math.Max(0, (long)Math.Ceiling((rate.ResetsAt - now).TotalSeconds))) + "s";
        }
    }

    private static void Anthropic(IHeaderDictionary headers, string what, in Rate rate)
    {
        if (rate.Bound is { } bound)
        {
            headers[$"anthropic-ratelimit-{what}-limit"] = Text(bound);
            headers[$"anthropic-ratelimit-{what}-remaining"] = Text(rate.Left);
            headers[$"anthropic-ratelimit-{what}-reset"] = rate.ResetsAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        }
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    private readonly record struct Rate(long? Bound, long Left, DateTimeOffset ResetsAt);
}
