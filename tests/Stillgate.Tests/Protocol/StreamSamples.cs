using System.Text;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Responses;
using Stillgate.Protocol.Streaming;
using Stillgate.Tests.Gateway;

namespace Stillgate.Tests.Protocol;

/// <summary>A stream of every dialect, in the form that the vendor documents, with characters of every UTF-8 length.</summary>
internal static class StreamSamples
{
    private static readonly byte[] Responses = Encoding.UTF8.GetBytes(
        """
        event: response.created
        data: {"type":"response.created","response":{"id":"r1","status":"in_progress"},"sequence_number":0}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","item_id":"i1","delta":"é 水","sequence_number":1}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","item_id":"i1","delta":" 🌊","sequence_number":2}

        event: response.completed
        data: {"type":"response.completed","response":{"id":"r1","status":"completed","usage":{"input_tokens":9,"output_tokens":7,"output_tokens_details":{"reasoning_tokens":2}}},"sequence_number":3}


        """.ReplaceLineEndings("\n"));

    private static readonly byte[] Gemini = Encoding.UTF8.GetBytes(
        """
        data: {"candidates":[{"content":{"parts":[{"text":"é 水"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":9}}

        data: {"candidates":[{"content":{"parts":[{"text":" 🌊"}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":7}}


        """.ReplaceLineEndings("\n"));

    public static byte[] Of(string dialect) => dialect switch
    {
        Dialects.OpenAiResponses => Responses,
        Dialects.GeminiGenerate => Gemini,
        _ => Samples.Stream(dialect),
    };

    public static string Path(string dialect) => dialect switch
    {
        Dialects.OpenAiResponses => "/v1/responses",
        Dialects.GeminiGenerate => "/v1beta/models/m-large:streamGenerateContent?alt=sse",
        _ => Samples.Path(dialect),
    };

    public static void Feed(ResponseAccumulator accumulator, ReadOnlySpan<byte> stream)
    {
        var parser = new SseParser();
        while (parser.TryRead(ref stream, out var sse))
        {
            accumulator.TakeEvent(sse);
        }

        if (parser.TryEnd(out var last))
        {
            accumulator.TakeEvent(last);
        }
    }
}
