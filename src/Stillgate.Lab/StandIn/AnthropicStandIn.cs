using System.Text.Json;

namespace Stillgate.Lab.StandIn;

/// <summary>Anthropic messages, with a signed thinking block where the request asks for thinking.</summary>
internal sealed class AnthropicStandIn : IStandInDialect
{
    private const string Thought = "The stand-in does not think; it fills this block because it was asked to.";
    private const string Signature = "c3RhbmQtaW4gc2lnbmF0dXJl";

    public byte[] Body(StandInPrompt prompt, IReadOnlyList<string> tokens) => StandInJson.Body(json =>
    {
        Head(json, prompt);
        json.WriteStartArray("content");
        if (prompt.WantsReasoning)
        {
            json.WriteStartObject();
            json.WriteString("type", "thinking");
            json.WriteString("thinking", Thought);
            json.WriteString("signature", Signature);
            json.WriteEndObject();
        }

        json.WriteStartObject();
        json.WriteString("type", "text");
        json.WriteString("text", string.Concat(tokens));
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("stop_reason", Finish(prompt, tokens));
        json.WriteNull("stop_sequence");
        Usage(json, prompt.InputTokens, tokens.Count);
    });

    public IEnumerable<byte[]> Events(StandInPrompt prompt, IReadOnlyList<string> tokens)
    {
        yield return StandInJson.Event("message_start", json =>
        {
            json.WriteString("type", "message_start");
            json.WriteStartObject("message");
            Head(json, prompt);
            json.WriteStartArray("content");
            json.WriteEndArray();
            json.WriteNull("stop_reason");
            json.WriteNull("stop_sequence");
            Usage(json, prompt.InputTokens, 1);
            json.WriteEndObject();
        });
        yield return StandInJson.Event("ping", json => json.WriteString("type", "ping"));
        var index = 0;
        if (prompt.WantsReasoning)
        {
            yield return Start(index, "thinking");
            yield return Delta(index, "thinking_delta", "thinking", Thought);
            yield return Delta(index, "signature_delta", "signature", Signature);
            yield return Stop(index++);
        }

        yield return Start(index, "text");
        foreach (var token in tokens)
        {
            yield return Delta(index, "text_delta", "text", token);
        }

        yield return Stop(index);
        yield return StandInJson.Event("message_delta", json =>
        {
            json.WriteString("type", "message_delta");
            json.WriteStartObject("delta");
            json.WriteString("stop_reason", Finish(prompt, tokens));
            json.WriteNull("stop_sequence");
            json.WriteEndObject();
            json.WriteStartObject("usage");
            json.WriteNumber("output_tokens", tokens.Count);
            json.WriteEndObject();
        });
        yield return StandInJson.Event("message_stop", json => json.WriteString("type", "message_stop"));
    }

    public byte[] Error(int status) => StandInJson.Body(ErrorMembers);

    public byte[] ErrorEvent() => StandInJson.Event("error", ErrorMembers);

    private static string Finish(StandInPrompt prompt, IReadOnlyList<string> tokens) => tokens.Count >= prompt.TokensMax ? "max_tokens" : "end_turn";

    private static byte[] Start(int index, string type) => StandInJson.Event("content_block_start", json =>
    {
        json.WriteString("type", "content_block_start");
        json.WriteNumber("index", index);
        json.WriteStartObject("content_block");
        json.WriteString("type", type);
        json.WriteString(type, "");
        if (type == "thinking")
        {
            json.WriteString("signature", "");
        }

        json.WriteEndObject();
    });

    private static byte[] Delta(int index, string type, string member, string text) => StandInJson.Event("content_block_delta", json =>
    {
        json.WriteString("type", "content_block_delta");
        json.WriteNumber("index", index);
        json.WriteStartObject("delta");
        json.WriteString("type", type);
        json.WriteString(member, text);
        json.WriteEndObject();
    });

    private static byte[] Stop(int index) => StandInJson.Event("content_block_stop", json =>
    {
        json.WriteString("type", "content_block_stop");
        json.WriteNumber("index", index);
    });

    private static void Head(Utf8JsonWriter json, StandInPrompt prompt)
    {
        json.WriteString("id", "msg_standin_" + prompt.Id);
        json.WriteString("type", "message");
        json.WriteString("role", "assistant");
        json.WriteString("model", prompt.Model);
    }

    private static void Usage(Utf8JsonWriter json, int input, int output)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("input_tokens", input);
        json.WriteNumber("output_tokens", output);
        json.WriteEndObject();
    }

    private static void ErrorMembers(Utf8JsonWriter json)
    {
        json.WriteString("type", "error");
        json.WriteStartObject("error");
        json.WriteString("type", "overloaded_error");
        json.WriteString("message", "The stand-in was asked to fail.");
        json.WriteEndObject();
    }
}
