using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Clients;
using Stillgate.Gateway.Decisions;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Limits;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Routing;
using Stillgate.Protocol.Errors;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway;

/// <summary>One exchange while it lasts: each stage adds what it learnt, and the recorder reads it all at the end. Owned by the request.</summary>
internal sealed class ExchangeFeature(string id, DateTimeOffset at, long timestamp)
{
    public const string IdHeader = "stillgate-exchange";

    public string Id { get; } = id;

    public DateTimeOffset At { get; } = at;

    public long Timestamp { get; } = timestamp;

    /// <summary>Where the client connects from.</summary>
    public ClientConnection Client { get; set; }

    public GatewayEndpoint? Endpoint { get; set; }

    public ErrorShape Shape { get; set; }

    public ApiKey? Key { get; set; }

    public BodyBuffer? Body { get; set; }

    public RequestEnvelope? Envelope { get; set; }

    /// <summary>The body as the provider gets it, where a control changed it; otherwise null, and the provider gets the client's bytes.</summary>
    public byte[]? ForwardedBody { get; set; }

    /// <summary>What the controls changed or would have changed, as the record says it.</summary>
    public IReadOnlyList<string>? Changes { get; set; }

    /// <summary>What the rules and holds decided; null where none applied.</summary>
    public DecisionNote? Decision { get; set; }

    /// <summary>What is left in the budgets, as the response header says it.</summary>
    public string? BudgetRemaining { get; set; }

    /// <summary>Seconds after which a refused request may come again.</summary>
    public string? RetryAfter { get; set; }

    public ResponseTap? Tap { get; set; }

    public ExchangeEnd End { get; private set; }

    public string? EndReason { get; private set; }

    public static ExchangeFeature Of(HttpContext context) => context.Features.GetRequiredFeature<ExchangeFeature>();

    /// <summary>Tells the client the exchange's id, what was changed, and what is left in its budgets.</summary>
    public void Announce(IHeaderDictionary headers)
    {
        headers[IdHeader] = Id;
        if (Changes?.Where(change => !change.StartsWith("observed:", StringComparison.Ordinal)).ToArray() is { Length: > 0 } changes)
        {
            headers["stillgate-changes"] = string.Join(", ", changes);
        }

        if (Decision?.Header is { } decision)
        {
            headers[DecisionNote.HeaderName] = decision;
        }

        if (BudgetRemaining is not null)
        {
            headers["stillgate-budget-remaining"] = BudgetRemaining;
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
