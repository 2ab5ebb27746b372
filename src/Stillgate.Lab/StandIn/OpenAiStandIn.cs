using System.Text.Json;

namespace Stillgate.Lab.StandIn;

/// <summary>OpenAI chat completions.</summary>
internal sealed class OpenAiStandIn : IStandInDialect
{
    // A fixed time: the same request gives the same bytes.
    private const long Created = 1_767_225_600;

    public byte[] Body(StandInPrompt prompt, IReadOnlyList<string> tokens) => StandInJson.Body(json =>
    {
        Head(json, prompt, "chat.completion");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", string.Concat(tokens));
        json.WriteNull("refusal");
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", Finish(prompt, tokens));
        json.WriteEndObject();
        json.WriteEndArray();
        Usage(json, prompt, tokens);
    });

    public IEnumerable<byte[]> Events(StandInPrompt prompt, IReadOnlyList<string> tokens)
    {
        yield return Chunk(prompt, delta => delta.WriteString("role", "assistant"), finish: null);
        foreach (var token in tokens)
        {
            yield return Chunk(prompt, delta => delta.WriteString("content", token), finish: null);
        }

        yield return Chunk(prompt, static _ => { }, Finish(prompt, tokens));
        if (prompt.WantsUsage)
        {
            yield return StandInJson.Event(null, json =>
            {
                Head(json, prompt, "chat.completion.chunk");
                json.WriteStartArray("choices");
                json.WriteEndArray();
                Usage(json, prompt, tokens);
            });
        }

        yield return "data: [DONE]\n\n"u8.ToArray();
    }

    public byte[] Error(int status) => StandInJson.Body(json => ErrorMember(json, status));

    public byte[] ErrorEvent() => StandInJson.Event(null, json => ErrorMember(json, 500));

    private static string Finish(StandInPrompt prompt, IReadOnlyList<string> tokens) => tokens.Count >= prompt.TokensMax ? "length" : "stop";

    private static byte[] Chunk(StandInPrompt prompt, Action<Utf8JsonWriter> writeDelta, string? finish) => StandInJson.Event(null, json =>
    {
        Head(json, prompt, "chat.completion.chunk");
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        writeDelta(json);
        json.WriteEndObject();
        json.WriteNull("logprobs");
        json.WriteString("finish_reason", finish);
        json.WriteEndObject();
        json.WriteEndArray();
    });

    private static void Head(Utf8JsonWriter json, StandInPrompt prompt, string kind)
    {
        json.WriteString("id", "chatcmpl-standin-" + prompt.Id);
        json.WriteString("object", kind);
        json.WriteNumber("created", Created);
        json.WriteString("model", prompt.Model);
    }

    private static void Usage(Utf8JsonWriter json, StandInPrompt prompt, IReadOnlyList<string> tokens)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", prompt.InputTokens);
        json.WriteNumber("completion_tokens", tokens.Count);
        json.WriteNumber("total_tokens", prompt.InputTokens + tokens.Count);
        json.WriteEndObject();
    }

    private static void ErrorMember(Utf8JsonWriter json, int status)
    {
        json.WriteStartObject("error");
        json.WriteString("message", "The stand-in was asked to fail.");
        json.WriteString("type", status == 429 ? "rate_limit_error" : "server_error");
        json.WriteNull("param");
        json.WriteString("code", "standin_fault");
        json.WriteEndObject();
    }
}
