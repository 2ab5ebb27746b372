using System.Text;

namespace Stillgate.Tests.Protocol;

/// <summary>Answers with reasoning in each dialect, in the forms that the providers document. Every piece of full reasoning holds SECRET, every summary GIST, everything opaque OPAQUE.</summary>
internal static class ReasoningSamples
{
    public static byte[] OpenAiChat { get; } = Sse(
        """
        : keep-alive

        data: {"id":"c1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"reasoning_content":"SECRET 思考 🌊"},"logprobs":{"content":[{"token":"SECRET"}]},"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"reasoning":"SECRET \ud83c","content":"é 水 \u0041"},"logprobs":{"content":[{"token":"SECRET"}]},"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":" reasoning, a word 🌊"},"finish_reason":null, "x":1.0e0}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"reasoning_details":[{"type":"reasoning.text","text":"SECRET"},{"type":"reasoning.summary","summary":"GIST"}]},"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,"completion_tokens_details":{"reasoning_tokens":2}}}

        data: [DONE]


        """);

    public const string OpenAiChatWithheld =
        """
        : keep-alive

        data: {"id":"c1","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":"é 水 \u0041"},"logprobs":null,"finish_reason":null}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{"content":" reasoning, a word 🌊"},"finish_reason":null, "x":1.0e0}]}

        data: {"id":"c1","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

        data: {"id":"c1","choices":[],"usage":{"prompt_tokens":9,"completion_tokens":7,"completion_tokens_details":{"reasoning_tokens":2}}}

        data: [DONE]


        """;

    public static byte[] OpenAiResponses { get; } = Sse(
        """
        event: response.created
        data: {"type":"response.created","sequence_number":0,"response":{"id":"r1","reasoning":{"effort":"high"},"output":[]}}

        event: response.output_item.added
        data: {"type":"response.output_item.added","sequence_number":1,"output_index":0,"item":{"id":"rs1","type":"reasoning","summary":[]}}

        event: response.reasoning_summary_part.added
        data: {"type":"response.reasoning_summary_part.added","item_id":"rs1","output_index":0,"summary_index":0,"part":{"type":"summary_text","text":""}}

        event: response.reasoning_summary_text.delta
        data: {"type":"response.reasoning_summary_text.delta","item_id":"rs1","output_index":0,"summary_index":0,"delta":"GIST 要点"}

        event: response.reasoning_text.delta
        data: {"type":"response.reasoning_text.delta","item_id":"rs1","output_index":0,"content_index":0,"delta":"SECRET 思考 🌊"}

        event: response.output_item.done
        data: {"type":"response.output_item.done","output_index":0,"item":{"id":"rs1","type":"reasoning","summary":[{"type":"summary_text","text":"GIST"}],"content":[{"type":"reasoning_text","text":"SECRET"}],"encrypted_content":"OPAQUE"}}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","item_id":"m1","output_index":1,"content_index":0,"delta":"é 水 🌊"}

        event: response.completed
        data: {"type":"response.completed","sequence_number":9,"response":{"id":"r1","status":"completed","output":[{"id":"rs1","type":"reasoning","summary":[{"type":"summary_text","text":"GIST"}],"content":[{"type":"reasoning_text","text":"SECRET"}],"encrypted_content":"OPAQUE"},{"id":"m1","type":"message","role":"assistant","content":[{"type":"output_text","text":"é 水 🌊"}]}],"usage":{"input_tokens":3,"output_tokens":9,"output_tokens_details":{"reasoning_tokens":5}}}}


        """);

    public static byte[] Anthropic { get; } = Sse(
        """
        event: message_start
        data: {"type":"message_start","message":{"id":"m1","type":"message","role":"assistant","model":"m-large","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":5,"output_tokens":1}}}

        event: ping
        data: {"type":"ping"}

        event: content_block_start
        data: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"SECRET, 字 \ud83c"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"\udf0a."}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"OPA"}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"QUE1"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":0}

        event: content_block_start
        data: {"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"OPAQUE2"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":1}

        event: content_block_start
        data: {"type":"content_block_start","index":2,"content_block":{"type":"text","text":""}}

        event: content_block_delta
        data: {"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"é 水 🌊"}}

        event: content_block_stop
        data: {"type":"content_block_stop","index":2}

        event: message_delta
        data: {"type":"message_delta","delta":{"stop_reason":"end_turn","stop_sequence":null},"usage":{"output_tokens":7}}

        event: message_stop
        data: {"type":"message_stop"}


        """);

    public static byte[] Gemini { get; } = Sse(
        """
        data: {"candidates":[{"content":{"parts":[{"text":"SECRET 思考","thought":true,"thoughtSignature":"OPAQUE1"}],"role":"model"},"index":0}],"usageMetadata":{"promptTokenCount":3,"thoughtsTokenCount":4}}

        data: {"candidates":[{"content":{"parts":[{"thought":true,"text":"SECRET 🌊"},{"functionCall":{"name":"look","args":{"thoughtSignature":"the tool's own"}},"thoughtSignature":"OPAQUE2"}],"role":"model"},"index":0}]}

        data: {"candidates":[{"content":{"parts":[{"text":"é 水 🌊"}],"role":"model"},"index":0}]}

        data: {"candidates":[{"content":{"parts":[{"text":"SECRET","thought":true}],"role":"model"},"finishReason":"STOP","index":0}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4,"thoughtsTokenCount":4}}


        """);

    public static string AnthropicBody { get; } =
        """{"id":"m1","type":"message","role":"assistant","model":"m-large","content":[{"type":"thinking","thinking":"SECRET.","signature":"OPAQUE1"},{"type":"redacted_thinking","data":"OPAQUE2"},{"type":"text","text":"é 水 🌊"},{"type":"tool_use","id":"t","name":"look","input":{"signature":"the tool's own"}}],"stop_reason":"tool_use","stop_sequence":null,"usage":{"input_tokens":9,"output_tokens":7}}""";

    private static byte[] Sse(string text) => Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n"));
}
