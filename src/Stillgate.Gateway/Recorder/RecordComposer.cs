using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Clients;
using Stillgate.Gateway.Routing;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Filtering;

namespace Stillgate.Gateway.Recorder;

/// <summary>Makes the record of an exchange that has ended from what its stages learnt.</summary>
internal static class RecordComposer
{
    /// <summary>The record's account where no key was known. No real account may be named so.</summary>
    public const string UnknownAccount = "unauthenticated";

    /// <summary>The record's model where none could be read.</summary>
    public const string UnknownModel = "unknown";

    /// <summary>The status that the client got; 499, as nginx has it, where it left before it got one.</summary>
    public static int StatusOf(HttpContext context, ExchangeFeature exchange) =>
        exchange.End == ExchangeEnd.ClientLeft && !context.Response.HasStarted ? StatusCodes.Status499ClientClosedRequest : context.Response.StatusCode;

    public static ExchangeRecord Compose(in ClosedExchange closed)
    {
        var exchange = closed.Exchange;
        exchange.EndAs(ExchangeEnd.Fault, "no_end");
        var isCut = exchange.Tap?.IsCut == true;
        IReadOnlyList<ChatMessage>? messages = null;
        if (exchange.Envelope is { } envelope)
        {
            messages = envelope.ReadMessages(exchange.Body!.Memory, out var messagesCut);
            isCut |= messagesCut;
        }

        return new ExchangeRecord
        {
            Id = exchange.Id,
            At = exchange.At,
            Account = exchange.Key?.Account ?? UnknownAccount,
            Organization = exchange.Key?.Organization,
            Credential = exchange.Key?.Id,
            EndCustomer = exchange.Envelope?.EndCustomer,
            Client = EvidenceOf(closed, exchange.Client),
            Dialect = exchange.Endpoint?.Dialect ?? EndpointTable.Unlisted,
            Model = exchange.Envelope?.Model ?? UnknownModel,
            Request = new ExchangeRequest { Messages = messages, Settings = exchange.Envelope?.Settings },
            Response = exchange.Tap?.Accumulator.ToResponse(),
            Status = closed.Status,
            DurationMs = (int)Math.Min(int.MaxValue, closed.Duration.TotalMilliseconds),
            End = ExchangeEndWords.Of(exchange.End),
            EndReason = exchange.EndReason,
            Changes = ChangesOf(exchange),
            Decision = exchange.Decision?.Record,
            Truncated = isCut ? true : null,
        };
    }

    /// <summary>What was announced, and what is known only now: how much was kept back, or would have been.</summary>
    private static IReadOnlyList<string>? ChangesOf(ExchangeFeature exchange)
    {
        if (exchange.AnswerFilter is { } filter)
        {
            string[] all =
            [
                .. exchange.Changes ?? [],
                .. Counted("withheld:reasoning_pieces=", filter.WithheldCount),
                .. Counted("sealed:references_count=", filter.SealedCount),
                .. Counted("rounded:embedding_values=", filter.RoundedCount),
            ];
            return all.Length > 0 ? all : null;
        }

        return exchange.WouldWithhold is { } view && exchange.Tap?.Accumulator.ReasoningCharCount > 0
            ? [.. exchange.Changes ?? [], view == ReasoningView.Withheld ? "observed:reasoning=withheld" : "observed:reasoning=summary"]
            : exchange.Changes;
    }

    private static string[] Counted(string name, int count) => count > 0 ? [FormattableString.Invariant($"{name}{count}")] : [];

    private static ClientEvidence EvidenceOf(in ClosedExchange closed, ClientConnection client)
    {
        var userAgent = closed.UserAgent;
        return new ClientEvidence
        {
            Ip = client.Address?.ToString(),
            Tls = client.Tls,
            UserAgent = string.IsNullOrEmpty(userAgent) ? null : userAgent[..Math.Min(userAgent.Length, 256)],
        };
    }
}
