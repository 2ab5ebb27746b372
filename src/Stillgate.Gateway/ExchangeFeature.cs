using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Clients;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Controls.Ledgers;
using Stillgate.Gateway.Decisions;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Limits;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Routing;
using Stillgate.Protocol.Errors;
using Stillgate.Protocol.Filtering;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway;

/// <summary>One exchange while it lasts: each stage adds what it learnt, and the recorder reads it all at the end. Owned by the request until it has ended, then by the closer.</summary>
internal sealed class ExchangeFeature(string id, DateTimeOffset at, long timestamp, GatewayConfig config)
{
    public const string IdHeader = "stillgate-exchange";

    public string Id { get; } = id;

    public DateTimeOffset At { get; } = at;

    public long Timestamp { get; } = timestamp;

    /// <summary>The configuration in force when the exchange arrived, whatever is in force by now.</summary>
    public GatewayConfig Config { get; } = config;

    /// <summary>Where the client connects from.</summary>
    public ClientConnection Client { get; set; }

    public GatewayEndpoint? Endpoint { get; set; }

    public ErrorShape Shape { get; set; }

    public ApiKey? Key { get; set; }

    public BodyBuffer? Body { get; set; }

    public RequestEnvelope? Envelope { get; set; }

    /// <summary>Who was asked last, or null.</summary>
    public ProviderOptions? Provider { get; set; }

    /// <summary>Whether a provider may have seen the request.</summary>
    public bool IsSent { get; set; }

    /// <summary>From the request's arrival to the head of the provider's answer, or null where none came.</summary>
    public TimeSpan? FirstByteAfter { get; set; }

    /// <summary>The body as the provider gets it, where a control changed it; otherwise null, and the provider gets the client's bytes.</summary>
    public byte[]? ForwardedBody { get; set; }

    /// <summary>How many answers a control lets the provider give; null where it changed nothing.</summary>
    public int? ChoicesCap { get; set; }

    /// <summary>How many tokens a control lets an answer have; null where it changed nothing.</summary>
    public int? OutputCap { get; set; }

    /// <summary>Whether the answer's usage chunk is the gateway's alone.</summary>
    public bool StripsUsage { get; set; }

    /// <summary>Takes out of the answer what a control keeps back; null where the answer passes untouched.</summary>
    public AnswerFilter? AnswerFilter { get; set; }

    /// <summary>How little of the reasoning a control that only observes would let pass; null where none observes.</summary>
    public ReasoningView? WouldWithhold { get; set; }

    /// <summary>Remembers the answer as a turn of its conversation; null where no control asks for it.</summary>
    public ServedTurn? ServedTurn { get; set; }

    /// <summary>What the controls changed or would have changed, as the record says it. Planned until the head of the answer is sent, and from then on what was done.</summary>
    public IReadOnlyList<string>? Changes { get; set; }

    /// <summary>What the rules and holds decided; null where none applied.</summary>
    public DecisionNote? Decision { get; set; }

    /// <summary>The most that the request may cost.</summary>
    public BudgetUse Asked { get; set; }

    /// <summary>Seconds after which a refused request may come again.</summary>
    public string? RetryAfter { get; set; }

    /// <summary>What is left of the budgets that bound the request; null where none does.</summary>
    public BudgetRates? Rates { get; set; }

    /// <summary>What was reserved in the budgets, to be settled when the exchange is closed.</summary>
    public BudgetReservation? Reservation { get; set; }

    public ResponseTap? Tap { get; set; }

    /// <summary>Ends when nothing feeds the tap any more; null where only the copy to the client does.</summary>
    public Task? Decoding { get; set; }

    public ExchangeEnd End { get; private set; }

    public string? EndReason { get; private set; }

    // By its type: the generic question is a virtual call that the runtime looks up each time, and every stage asks.
    public static ExchangeFeature Of(HttpContext context) =>
        context.Features[typeof(ExchangeFeature)] as ExchangeFeature ?? throw new InvalidOperationException("The recorder's stage has to stand before all others.");

    /// <summary>Tells the client the exchange's id, what was changed, and what is left in its budgets.</summary>
    public void Announce(IHeaderDictionary headers)
    {
        headers[IdHeader] = Id;
        if (ChangeWords.HeaderOf(Changes) is { } changes)
        {
            headers[ChangeWords.HeaderName] = changes;
        }

        if (Decision?.Header is { } decision)
        {
            headers[DecisionNote.HeaderName] = decision;
        }

        if (Reservation is { } reservation)
        {
            headers["stillgate-budget-remaining"] = reservation.Remaining;
        }

        Rates?.Write(headers, Shape, At);
    }

    /// <summary>An answer that passed whole turns out to say that it failed.</summary>
    public void FailedInside()
    {
        if (End == ExchangeEnd.Complete)
        {
            (End, EndReason) = (ExchangeEnd.ProviderError, "error_in_answer");
        }
    }

    /// <summary>Says how the exchange ended. The first word stands: what follows from an end is not another end.</summary>
    public void EndAs(ExchangeEnd end, string? reason = null)
    {
        if (End == ExchangeEnd.None)
        {
            (End, EndReason) = (end, reason);
        }
    }
}
