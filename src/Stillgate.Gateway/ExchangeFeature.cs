using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Stillgate.Gateway.Authentication;
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

    public GatewayEndpoint? Endpoint { get; set; }

    public ErrorShape Shape { get; set; }

    public ApiKey? Key { get; set; }

    public BodyBuffer? Body { get; set; }

    public RequestEnvelope? Envelope { get; set; }

    public ResponseTap? Tap { get; set; }

    public ExchangeEnd End { get; private set; }

    public string? EndReason { get; private set; }

    public static ExchangeFeature Of(HttpContext context) => context.Features.GetRequiredFeature<ExchangeFeature>();

    /// <summary>Says how the exchange ended. The first word stands: what follows from an end is not another end.</summary>
    public void EndAs(ExchangeEnd end, string? reason = null)
    {
        if (End == ExchangeEnd.None)
        {
            (End, EndReason) = (end, reason);
        }
    }
}
