using Microsoft.AspNetCore.Http;

namespace Stillgate.Gateway.Forwarder;

/// <summary>The answer as the client gets it, read by way of the tap.</summary>
internal sealed class TappedContent(HttpContent original, ExchangeFeature exchange, ExchangeTimers timers, DrainSignal drain, HttpResponse response, TapDecoder? decoder) : ProviderContent(original)
{
    /// <summary>Whether it is a stream of events.</summary>
    public bool IsStream { get; init; }

    /// <summary>Whether its bytes are encoded, so that only a decoder could read them.</summary>
    public bool IsEncoded { get; init; }

    /// <summary>Whether its usage chunk is the gateway's alone.</summary>
    public bool StripsUsage { get; init; }

    /// <inheritdoc cref="ProviderStream.BytesLeft"/>
    public long? BytesLeft { get; init; }

    /// <inheritdoc cref="ProviderStream.CanLookAhead"/>
    public bool CanLookAhead { get; init; }

    /// <inheritdoc cref="ProviderStream.Connection"/>
    public GatheringStream? Connection { get; init; }

    protected override Stream Wrap(Stream inner)
    {
        var answer = new ProviderStream(inner, exchange, timers, decoder, IsEncoded, drain, IsStream ? response.Body : null)
        {
            BytesLeft = BytesLeft,
            CanLookAhead = CanLookAhead,
            Connection = Connection,
        };
        Stream shown = StripsUsage ? new UsageStrippingStream(answer) : answer;
        return response.ContentLength is null ? new LastPieceStream(shown, answer, response) : shown;
    }
}
