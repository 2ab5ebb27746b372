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
                Write(headers, RateNames.AnthropicRequests, _requests, Moment(_requests));
                Write(headers, RateNames.AnthropicInput, _input, Moment(_input));
                Write(headers, RateNames.AnthropicOutput, _output, Moment(_output));
                break;
            case ErrorShape.OpenAi:
                // Its clients know tokens of one kind: of ours, the one of which less is left.
                var tokens = _output.Bound is not null && (_input.Bound is null || _output.Left < _input.Left) ? _output : _input;
                Write(headers, RateNames.OpenAiRequests, _requests, Seconds(_requests, now));
                Write(headers, RateNames.OpenAiTokens, tokens, Seconds(tokens, now));
                break;
        }
    }

    private static void Keep(ref Rate kept, long? bound, long used, DateTimeOffset resetsAt)
    {
        if (bound is { } most && (kept.Bound is null || most - used < kept.Left))
        {
            kept = new Rate(most, Math.Max(0, most - used), resetsAt.UtcTicks);
        }
    }

    private static void Write(IHeaderDictionary headers, RateNames names, in Rate rate, string reset)
    {
        if (rate.Bound is { } bound)
        {
            headers[names.Limit] = names.LastLimit.Of(bound);
            headers[names.Remaining] = rate.Left.ToString(CultureInfo.InvariantCulture);
            headers[names.Reset] = reset;
        }
    }

    private static string Moment(in Rate rate) => rate.Bound is not null ? RateNames.LastMoment.Of(rate.ResetTicks) : "";

    private static string Seconds(in Rate rate, DateTimeOffset now) =>
        rate.Bound is not null ? RateNames.LastSeconds.Of(Math.Max(0, (rate.ResetTicks - now.UtcTicks + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond)) : "";

    private readonly record struct Rate(long? Bound, long Left, long ResetTicks);
}
