using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Tests.Detection;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>One agent's conversation, sent in each of the four dialects: what is sketched of it does not depend on the dialect.</summary>
public sealed class ToolTurnTests
{
    private const string Instructions = "You are a coding agent. Use the tools, and stop when the tests pass.";
    private const string Asked = "The parser drops the last line of a file that ends without a newline. Find out why and fix it.";

    // What a file or a web page that an agent reads may hold: a wording that asks for a training set.
    private static readonly string Found = ElicitationPrompt.ReadAll("Blind").First(prompt => prompt is { Language: "en", Family: "InlineTrace", GivesItsCue: true }).Text;

    public static TheoryData<int, string?> Turns => new() { { 0, null }, { 1, null }, { 2, null }, { 2, "Thanks. Add a test for it as well." }, { 1, Found } };

    [Theory]
    [MemberData(nameof(Turns))]
    public async Task Record_OneAgentInFourDialects_GivesOneSketch(int steps, string? followUp)
    {
        await using var provider = await FakeProvider.StartAsync(context => context.Response.WriteAsync("{}"));
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] });
        var user = followUp ?? Asked;
        var sketches = new List<string>();
        foreach (var (path, body) in Requests(steps, followUp))
        {
            using var response = await gateway.SendAsync(path, body.ToJsonString());
            var record = await gateway.Records.NextAsync();
            var messages = record.Request.Messages!;

            Assert.Equal(steps, messages.Count(message => message.Role == "tool"));
            Assert.Equal(followUp is null ? 1 : 2, messages.Count(message => message.Role == "user"));
            Assert.Equal(user, messages.Last(message => message.Role == "user").Content);
            sketches.Add(Sketched(record));
            Assert.Equal(sketches[^1], Sketched(ReadBack(record)));
        }

        Assert.Equal(4, sketches.Count);
        Assert.All(sketches, sketch => Assert.Equal(sketches[0], sketch));
        Assert.Equal(ElicitationPrompt.CuesOf(user) == Cues.None, sketches[0].Contains("cues None", StringComparison.Ordinal));
        Assert.Equal(steps > 0, sketches[0].Contains("ToolTurn", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Record_OnlyAToolsResultIsSent_ContinuesAConversation()
    {
        await using var provider = await FakeProvider.StartAsync(context => context.Response.WriteAsync("{}"));
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] });

        using var response = await gateway.SendAsync("/v1/responses", """{"model":"m","previous_response_id":"r","input":[{"type":"function_call_output","call_id":"c","output":"42"}]}""");
        var sketch = Sketched(await gateway.Records.NextAsync());

        Assert.Contains("traits Continuation, ToolTurn ", sketch, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Path, JsonObject Body)> Requests(int steps, string? followUp)
    {
        yield return ("/v1/chat/completions", OpenAiChat(steps, followUp));
        yield return ("/v1/responses", OpenAiResponses(steps, followUp));
        yield return ("/v1/messages", Anthropic(steps, followUp));
        yield return ("/v1beta/models/m:generateContent", Gemini(steps, followUp));
    }

    private static JsonObject OpenAiChat(int steps, string? followUp)
    {
        var messages = new JsonArray(Json("""{"role":"system","content":$}""", Instructions), Json("""{"role":"user","content":$}""", Asked));
        for (var step = 0; step < steps; step++)
        {
            messages.Add(Json("""{"role":"assistant","content":null,"tool_calls":[{"id":"c","type":"function","function":{"name":"read","arguments":"{}"}}]}"""));
            messages.Add(Json("""{"role":"tool","tool_call_id":"c","content":$}""", Found));
        }

        Add(messages, """{"role":"user","content":$}""", followUp);
        return new JsonObject { ["model"] = "m", ["messages"] = messages, ["tools"] = new JsonArray(Json("""{"type":"function","function":{"name":"read"}}""")) };
    }

    private static JsonObject OpenAiResponses(int steps, string? followUp)
    {
        var input = new JsonArray(Json("""{"role":"user","content":[{"type":"input_text","text":$}]}""", Asked));
        for (var step = 0; step < steps; step++)
        {
            input.Add(Json("""{"type":"reasoning","summary":[]}"""));
            input.Add(Json("""{"type":"function_call","call_id":"c","name":"read","arguments":"{}"}"""));
            input.Add(Json("""{"type":"function_call_output","call_id":"c","output":$}""", Found));
        }

        Add(input, """{"type":"message","role":"user","content":[{"type":"input_text","text":$}]}""", followUp);
        return new JsonObject { ["model"] = "m", ["instructions"] = Instructions, ["input"] = input, ["tools"] = new JsonArray(Json("""{"type":"function","name":"read"}""")) };
    }

    // The follow-up stands in the message of the last result, as the API wants it.
    private static JsonObject Anthropic(int steps, string? followUp)
    {
        var messages = new JsonArray(Json("""{"role":"user","content":[{"type":"text","text":$}]}""", Asked));
        for (var step = 0; step < steps; step++)
        {
            messages.Add(Json("""{"role":"assistant","content":[{"type":"thinking","thinking":"","signature":"s"},{"type":"tool_use","id":"c","name":"read","input":{}}]}"""));
            messages.Add(Json("""{"role":"user","content":[{"type":"tool_result","tool_use_id":"c","content":$}]}""", Found));
        }

        Add(messages[^1]!["content"]!.AsArray(), """{"type":"text","text":$}""", followUp);
        return new JsonObject { ["model"] = "m", ["max_tokens"] = 5, ["system"] = Instructions, ["messages"] = messages, ["tools"] = new JsonArray(Json("""{"name":"read","input_schema":{}}""")) };
    }

    private static JsonObject Gemini(int steps, string? followUp)
    {
        var contents = new JsonArray(Json("""{"role":"user","parts":[{"text":$}]}""", Asked));
        for (var step = 0; step < steps; step++)
        {
            contents.Add(Json("""{"role":"model","parts":[{"functionCall":{"name":"read","args":{}}}]}"""));
            contents.Add(Json("""{"role":"user","parts":[{"functionResponse":{"name":"read","response":{"result":$}}}]}""", Found));
        }

        Add(contents, """{"role":"user","parts":[{"text":$}]}""", followUp);
        return new JsonObject
        {
            ["contents"] = contents,
            ["systemInstruction"] = Json("""{"parts":[{"text":$}]}""", Instructions),
            ["tools"] = new JsonArray(Json("""{"functionDeclarations":[{"name":"read"}]}""")),
        };
    }

    private static void Add(JsonArray into, string template, string? text)
    {
        if (text is not null)
        {
            into.Add(Json(template, text));
        }
    }

    private static JsonNode Json(string template, string text = "") => JsonNode.Parse(template.Replace("$", JsonValue.Create(text).ToJsonString(), StringComparison.Ordinal))!;

    private static ExchangeRecord ReadBack(ExchangeRecord record)
    {
        using var folder = new TemporaryFolder();
        using var writer = new ExchangeLineWriter();
        var path = Path.Combine(folder.Path, "log.jsonl");
        File.WriteAllBytes(path, writer.Encode(record).Span);
        return Assert.Single(new ExchangeLogReader(path, problem => Assert.Fail(problem.ToString())).Read());
    }

    // How long the request is differs with the dialect's own words, and so does nothing else.
    private static string Sketched(ExchangeRecord record)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var content = new SketchContent();
        sketcher.Sketch(record, content);
        var script = content.Traits & RequestTraits.ScriptMask;
        var text = new StringBuilder($"script {(int)script} traits {content.Traits & ~script} cues {content.Cues} users {content.UserTurnCount} words {content.PromptTokenCount}");
        text.Append(CultureInfo.InvariantCulture, $" content {content.ContentId} conversation {content.ConversationId} system {content.SystemId} tools {content.ToolsId}");
        return text.AppendJoin(',', content.Anchors[..content.AnchorCount]).AppendJoin(',', content.Embedding).ToString();
    }
}
