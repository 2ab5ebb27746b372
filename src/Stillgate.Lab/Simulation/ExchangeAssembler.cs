using System.Globalization;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation;

/// <summary>Makes a line of the log from a call: client, model, tokens, duration and the ordinary failures.</summary>
internal static class ExchangeAssembler
{
    private const double FailureShare = 0.006;
    private static readonly int[] Failures = [429, 429, 500, 400, 529];

    public static ExchangeRecord Assemble(AccountPlan plan, Call call, long number, Chance chance)
    {
        var identity = plan.Identity;
        var status = call.Status != 0 ? call.Status : chance.Hit(FailureShare) ? chance.Pick(Failures) : 200;
        var isDense = BuiltInTexts.Of(plan.Label.Language).IsDense;
        var outputTokens = Tokens(call.Content.Answer.Length, isDense) + call.Content.ReasoningTokens;
        return new ExchangeRecord
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"x-{number:D9}"),
            At = call.At,
            Account = identity.Account,
            Organization = identity.Registration.Organization,
            Credential = identity.Credential,
            EndCustomer = call.EndCustomer,
            Client = identity.Clients[identity.Clients.Count == 1 || chance.Hit(0.7) ? 0 : chance.Below(identity.Clients.Count)],
            Dialect = identity.Dialect,
            Model = call.Model ?? identity.Models.At(call.At, chance),
            Request = new ExchangeRequest { Messages = call.Content.Messages, Settings = call.Content.Settings },
            Response = status == 200 ? Respond(identity.Dialect, call.Content, outputTokens, isDense) : null,
            Status = status,
            DurationMs = status == 200 ? (int)(250 + (outputTokens * chance.Between(6.0, 14.0))) : chance.Between(3, 60),
        };
    }

    private static ExchangeResponse Respond(string dialect, Content content, int outputTokens, bool isDense)
    {
        var inputLength = 0;
        foreach (var message in content.Messages)
        {
            inputLength += message.Content.Length;
        }

        var isToolCall = content.Answer.StartsWith("[tool_call]", StringComparison.Ordinal);
        return new ExchangeResponse
        {
            Text = content.Answer,
            Finish = (dialect, isToolCall) switch
            {
                (Dialects.AnthropicMessages, true) => "tool_use",
                (Dialects.AnthropicMessages, false) => "end_turn",
                (_, true) => "tool_calls",
                _ => "stop",
            },
            InputTokens = Tokens(inputLength, isDense) + (4 * content.Messages.Count),
            OutputTokens = outputTokens,
            ReasoningTokens = content.ReasoningTokens,
        };
    }

    // About four characters a token in alphabets, one and a half in Chinese, Japanese and Korean.
    private static int Tokens(int length, bool isDense) => (int)(length / (isDense ? 1.5 : 4)) + 1;
}
