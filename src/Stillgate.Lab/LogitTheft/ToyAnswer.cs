using System.Globalization;
using System.Text.Json;

namespace Stillgate.Lab.LogitTheft;

/// <summary>What an answer of the toy says.</summary>
/// <param name="Token">The likeliest token.</param>
/// <param name="Logprobs">Log-probabilities by token; empty where none came.</param>
internal sealed record ToyAnswer(int Token, IReadOnlyDictionary<int, double> Logprobs)
{
    public static ToyAnswer Of(JsonElement answer)
    {
        var choice = answer.GetProperty("choices")[0];
        var logprobs = new Dictionary<int, double>();
        if (choice.TryGetProperty("logprobs", out var given) && given.ValueKind == JsonValueKind.Object)
        {
            foreach (var top in given.GetProperty("content")[0].GetProperty("top_logprobs").EnumerateArray())
            {
                logprobs[Number(top.GetProperty("token"))] = top.GetProperty("logprob").GetDouble();
            }
        }

        return new ToyAnswer(Number(choice.GetProperty("message").GetProperty("content")), logprobs);
    }

    private static int Number(JsonElement text) => int.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
