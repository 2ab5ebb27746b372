using System.Text;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Tests.Gateway;

/// <summary>Requests and streams as the providers' public documentation shows their form, with characters of every UTF-8 length.</summary>
internal static class Samples
{
    public const string OpenAiPath = "/v1/chat/completions";
    public const string AnthropicPath = "/v1/messages";
    public const string Request = """{"model":"m-large","messages":[{"role":"user","content":"Say é, 水 and 🌊."}],"max_tokens":64,"x_unknown":{"kept":[1.0,1e3]}}""";
    public const string StreamRequest = """{"model":"m-large","messages":[{"role":"user","content":"Say é, 水 and 🌊."}],"max_tokens":64,"stream":true}""";

    public static byte[] OpenAiStream { get; } = Encoding.UTF8.GetBytes(
        """
        : keep-alive

        data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":""},"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":"é 水"},"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":" 🌊 \"q\" \ud83c"},"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":"\udf0a!"},"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,"total_tokens":16,"completion_tokens_details":{"reasoning_tokens":2}}}

        data: [DONE]


        """.ReplaceLineEndings("\n"));

    public const string OpenAiText = "é 水 🌊 \"q\" 🌊!";

    public static byte[] AnthropicStream { get; } = Encoding.UTF8.GetBytes(
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","content":[],"usage":{"input_tokens":5,"cache_read_input_tokens":4,"output_tokens":1}}}

        event: ping
        data: {"type":"ping"}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"Bytes, 字."}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"c2ln"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":1,"delta":{"type":"text_delta","text":"é 水 🌊"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: a_type_of_next_year
        data: {"type":"a_type_of_next_year","delta":5}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":7}}

        event: message_stop
        data: {"type":"message_stop"}


        """.ReplaceLineEndings("\n"));

    public static byte[] OpenAiBody { get; } = Encoding.UTF8.GetBytes(
        """{"id":"c1","object":"chat.completion","choices":[{"index":0,"message":{"role":"assistant","content":"é 水 🌊"},"finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":7},  "later":null}""");

    public static byte[] AnthropicBody { get; } = Encoding.UTF8.GetBytes(
        """{"id":"m1","type":"message","role":"assistant","content":[{"type":"thinking","thinking":"Bytes.","signature":"c2ln"},{"type":"text","text":"é 水 🌊"},{"type":"tool_use","id":"t","name":"look","input":{"at":1}}],"stop_reason":"tool_use","usage":{"input_tokens":9,"output_tokens":7}}""");

    public static string Path(string dialect) => dialect == Dialects.OpenAiChat ? OpenAiPath : AnthropicPath;

    public static byte[] Stream(string dialect) => dialect == Dialects.OpenAiChat ? OpenAiStream : AnthropicStream;

    public static byte[] Body(string dialect) => dialect == Dialects.OpenAiChat ? OpenAiBody : AnthropicBody;
}
