using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.Filtering;
using Stillgate.Protocol.Responses;
using Yarp.ReverseProxy.Forwarder;

namespace Stillgate.Gateway.Forwarder;

/// <summary>Shapes the head of the request to the provider and puts the tap into the answer. One for each exchange.</summary>
internal sealed class ProviderTransformer(ExchangeFeature exchange, ProviderState provider, HeldBody? body, ExchangeTimers timers, DrainSignal drain) : HttpTransformer
{
    public override ValueTask TransformRequestAsync(HttpContext httpContext, HttpRequestMessage proxyRequest, string destinationPrefix, CancellationToken cancellationToken)
    {
        // The base would copy every header; here only those of the policy pass.
        exchange.Config.Headers.CopyRequest(httpContext.Request.Headers, proxyRequest.Headers, body?.Headers ?? proxyRequest.Content?.Headers);
        if (exchange.Endpoint!.PassThrough is not null && proxyRequest.Content is { } unread)
        {
            unread.Headers.ContentLength = httpContext.Request.ContentLength;
        }

        // The tap reads the answer; a provider that compresses all the same is decoded for the tap alone (TapDecoder).
        proxyRequest.Headers.TryAddWithoutValidation("Accept-Encoding", "identity");
        proxyRequest.RequestUri = provider.AddressOf(exchange.Endpoint!, httpContext.Request);
        HeaderPolicy.AddCredential(proxyRequest.Headers, exchange.Shape, provider.Options.Credential);
        return ValueTask.CompletedTask;
    }

    public override async ValueTask<bool> TransformResponseAsync(HttpContext httpContext, HttpResponseMessage? proxyResponse, CancellationToken cancellationToken)
    {
        if (proxyResponse is null)
        {
            return false;
        }

        exchange.FirstByteAfter = timers.Elapsed(exchange.Timestamp);
        timers.BeginBody(httpContext.RequestAborted, drain.OverToken);
        await base.TransformResponseAsync(httpContext, proxyResponse, cancellationToken);
        HeaderPolicy.CleanResponse(httpContext.Response.Headers);

        // Asked of the client's headers, which hold the provider's by now as text: the runtime's would parse each into objects of its own.
        var isStream = IsEventStream(httpContext.Response.ContentType);
        var strips = exchange.StripsUsage && isStream && proxyResponse.IsSuccessStatusCode && AnswerDecoding.EncodingOf(httpContext.Response.Headers.ContentEncoding) == AnswerDecoding.None;
        exchange.Changes = WhatIsDone(proxyResponse, strips);
        exchange.Announce(httpContext.Response.Headers);
        if (exchange.AnswerFilter is { } filter && proxyResponse.IsSuccessStatusCode && !InsertFilter(httpContext, proxyResponse, isStream, filter))
        {
            exchange.EndAs(ExchangeEnd.ProviderError, Refusal.AnswerNotFilterable.Code);
            return false;
        }

        InsertTap(httpContext, proxyResponse, isStream, strips);

        // A reader that takes its time is no attack: the gap and total clocks bound it. HTTP/2 has no such limit for one stream.
        if (isStream && !HttpProtocol.IsHttp2(httpContext.Request.Protocol) && httpContext.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        return true;
    }

    private static bool IsEventStream(ReadOnlySpan<char> contentType)
    {
        var parameters = contentType.IndexOf(';');
        return (parameters < 0 ? contentType : contentType[..parameters]).Trim().Equals("text/event-stream", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Of what was planned, that which this answer lets happen: an error passes as it came, and only a stream has a chunk to leave out.</summary>
    private IReadOnlyList<string>? WhatIsDone(HttpResponseMessage response, bool strips)
    {
        if (!response.IsSuccessStatusCode)
        {
            return ChangeWords.WithoutAnswer(exchange.Changes);
        }

        return exchange.StripsUsage && !strips ? ChangeWords.WithoutUsageChunk(exchange.Changes) : exchange.Changes;
    }

    /// <summary>Puts the filter before the tap, so that the record holds what the client got; false where the answer is encoded in a way that cannot be read.</summary>
    private bool InsertFilter(HttpContext context, HttpResponseMessage response, bool isStream, AnswerFilter filter)
    {
        if (AnswerDecoding.Of(AnswerDecoding.EncodingOf(context.Response.Headers.ContentEncoding)) is not { } decode)
        {
            return false;
        }

        context.Response.Headers.ContentEncoding = default;

        // What is left has another length and another digest than the provider said.
        context.Response.ContentLength = null;
        context.Response.Headers.Remove("Content-MD5");
        context.Response.Headers.Remove("Digest");
        context.Response.Headers.Remove("Content-Digest");
        context.Response.Headers.ETag = default;
        response.Content = new FilteredContent(response.Content, inner => new FilteredAnswerStream(decode(inner), filter, isStream, exchange, timers));
        return true;
    }

    private void InsertTap(HttpContext context, HttpResponseMessage response, bool isStream, bool strips)
    {
        var encoding = AnswerDecoding.EncodingOf(context.Response.Headers.ContentEncoding);
        var isEncoded = encoding != AnswerDecoding.None;
        if (response.IsSuccessStatusCode && exchange.Endpoint!.PassThrough is not null)
        {
            // Nobody could read it: it has no dialect.
        }
        else if (response.IsSuccessStatusCode)
        {
            exchange.Tap = new ResponseTap(ResponseAccumulator.Create(exchange.Endpoint!.Dialect), isStream);
        }
        else
        {
            exchange.EndAs(ExchangeEnd.ProviderError, "provider_status");
        }

        var decoder = isEncoded && exchange.Tap is { } tap ? TapDecoder.Create(encoding, tap) : null;
        exchange.Decoding = decoder?.Done;
        var length = context.Response.ContentLength;
        if (strips)
        {
            // Shorter than the provider said, by as much as will be known at the end.
            context.Response.ContentLength = null;
        }

        // A filter gives another length than the provider announced, and a read of no bytes from it waits for nothing.
        var isFiltered = exchange.AnswerFilter is not null;
        var isHttp1 = response.Version.Major < 2;
        var isChunked = isHttp1 && length is null && response.Headers.TransferEncodingChunked == true;
        response.Content = new TappedContent(response.Content, exchange, timers, drain, context.Response, decoder)
        {
            IsStream = isStream,
            IsEncoded = isEncoded,
            StripsUsage = strips,
            BytesLeft = isHttp1 && !isFiltered ? length : null,
            CanLookAhead = !isFiltered && (!isHttp1 || isChunked),
            Connection = !isFiltered && isChunked ? body?.Connection : null,
        };
    }
}
