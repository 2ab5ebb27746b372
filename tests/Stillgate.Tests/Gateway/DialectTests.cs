using System.Text;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Every endpoint that is served: bytes pass, and the record says what was asked and what came back.</summary>
public sealed class DialectTests
{
    private const string ResponsesStream = """
        event: response.created
        data: {"type":"response.created","response":{"status":"in_progress","usage":null}}

        event: response.reasoning_summary_text.delta
        data: {"type":"response.reasoning_summary_text.delta","delta":"Think 字."}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","delta":"é "}

        event: response.output_text.delta
        data: {"type":"response.output_text.delta","delta":"🌊"}

        event: response.output_text.done
        data: {"type":"response.output_text.done","text":"é 🌊"}

        event: response.completed
        data: {"type":"response.completed","response":{"status":"completed","output":[{"type":"message","content":[{"type":"output_text","text":"é 🌊"}]}],"usage":{"input_tokens":9,"output_tokens":7,"output_tokens_details":{"reasoning_tokens":2}}}}


        """;

    private const string GeminiElement = """{"candidates":[{"content":{"role":"model","parts":[{"text":"Hm.","thought":true},{"text":"é 🌊"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":9,"candidatesTokenCount":5,"thoughtsTokenCount":2}}""";

    public static TheoryData<string, string, string, string, string> Answers => new()
    {
        { "/v1/responses", """{"model":"m","instructions":"Be brief.","input":[{"role":"user","content":[{"type":"input_text","text":"hi"}]}],"stream":true}""", "text/event-stream", ResponsesStream, Dialects.OpenAiResponses },
        { "/v1/responses", """{"model":"m","instructions":"Be brief.","input":"hi"}""", "application/json", """{"status":"completed","output":[{"type":"reasoning","summary":[{"type":"summary_text","text":"Think 字."}]},{"type":"message","content":[{"type":"output_text","text":"é 🌊"}]}],"usage":{"input_tokens":9,"output_tokens":7,"output_tokens_details":{"reasoning_tokens":2}}}""", Dialects.OpenAiResponses },
        { "/v1beta/models/m:generateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"systemInstruction":{"parts":[{"text":"Be brief."}]}}""", "application/json", GeminiElement, Dialects.GeminiGenerate },
        { "/v1beta/models/m:streamGenerateContent?alt=sse", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"system_instruction":{"parts":[{"text":"Be brief."}]}}""", "text/event-stream", "data: " + GeminiElement + "\r\n\r\n", Dialects.GeminiGenerate },
        { "/v1beta/models/m:streamGenerateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}],"systemInstruction":{"parts":[{"text":"Be brief."}]}}""", "application/json", "[" + GeminiElement + "]", Dialects.GeminiGenerate },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Endpoint_Answers_BytesAndRecordMatch(string path, string request, string contentType, string answer, string dialect)
    {
        var bytes = Encoding.UTF8.GetBytes(answer.ReplaceLineEndings("\n"));
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = contentType;
            await context.Response.Body.WriteAsync(bytes);
        });
        await using var gateway = await StartAsync(provider);

        using var response = await gateway.SendAsync(path, request);
        var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(bytes, body);
        Assert.Equal((dialect, "m", "complete"), (record.Dialect, record.Model, record.End));
        Assert.Equal([new ChatMessage("system", "Be brief."), new ChatMessage("user", "hi")], record.Request.Messages!);
        var reasoning = dialect == Dialects.GeminiGenerate ? "Hm." : "Think 字.";
        Assert.Equal(("é 🌊", reasoning, 9, 7, 2), (record.Response!.Text, record.Response.Reasoning, record.Response.InputTokens, record.Response.OutputTokens, record.Response.ReasoningTokens));
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"m","input":["one","two"]}""", """{"data":[{"embedding":[0.1,0.2]}],"usage":{"prompt_tokens":4}}""", Dialects.OpenAiEmbeddings, "")]
    [InlineData("/v1/completions", """{"model":"m","prompt":["one","two"]}""", """{"choices":[{"text":"three","index":0,"finish_reason":"stop"}],"usage":{"prompt_tokens":4}}""", Dialects.OpenAiCompletions, "three")]
    public async Task Endpoint_WithListedTexts_RecordsThem(string path, string request, string answer, string dialect, string text)
    {
        await using var provider = await FakeProvider.BodyAsync(Encoding.UTF8.GetBytes(answer));
        await using var gateway = await StartAsync(provider);

        using var response = await gateway.SendAsync(path, request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal((dialect, text, 4), (record.Dialect, record.Response!.Text, record.Response.InputTokens));
        Assert.Equal([new ChatMessage("user", "one"), new ChatMessage("user", "two")], record.Request.Messages!);
    }

    [Theory]
    [InlineData("/v1/models", null, Dialects.OpenAiModels)]
    [InlineData("/v1/models", "anthropic-version", Dialects.AnthropicModels)]
    [InlineData("/v1beta/models", null, Dialects.GeminiModels)]
    public async Task Models_Listed_PassWithARecordOfTheirOwnDialect(string path, string? header, string dialect)
    {
        await using var provider = await FakeProvider.BodyAsync("{\"data\":[]}"u8.ToArray());
        await using var gateway = await StartAsync(provider);
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Add("Authorization", "Bearer " + gateway.Key);
        if (header is not null)
        {
            request.Headers.Add(header, "2023-06-01");
        }

        using var response = await gateway.SendAsync(request);

        Assert.Equal("{\"data\":[]}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal((dialect, "complete"), ((await gateway.Records.NextAsync()) is var record ? record.Dialect : "", record.End));
    }

    [Fact]
    public async Task CountTokens_Anthropic_PassesWithItsConversation()
    {
        await using var provider = await FakeProvider.BodyAsync("{\"input_tokens\":12}"u8.ToArray());
        await using var gateway = await StartAsync(provider);

        using var response = await gateway.SendAsync("/v1/messages/count_tokens", Samples.Request);

        Assert.Equal("{\"input_tokens\":12}", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var record = await gateway.Records.NextAsync();
        Assert.Equal((Dialects.AnthropicCountTokens, 1), (record.Dialect, record.Request.Messages!.Count));
    }

    [Fact]
    public async Task Gemini_KeyInTheQuery_IsOursAndDoesNotLeave()
    {
        var seen = "";
        await using var provider = await FakeProvider.StartAsync(context =>
        {
            seen = context.Request.Path + context.Request.QueryString.Value + " " + context.Request.Headers["x-goog-api-key"];
            return context.Response.WriteAsync(GeminiElement);
        });
        await using var gateway = await StartAsync(provider);

        using var response = await gateway.SendAsync(RunningGateway.Request($"/v1beta/models/m:generateContent?key={gateway.Key}&$fields=a", "{}", key: null));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal("/v1beta/models/m:generateContent?$fields=a provider-credential", seen);
    }

    [Theory]
    [InlineData("/v1beta/models/a%2Fb:generateContent")]
    [InlineData("/v1beta/models/a/b:generateContent")]
    [InlineData("/v1beta/models/:generateContent")]
    [InlineData("/v1/responses/resp_1")]
    public async Task Path_ThatIsNoEndpoint_IsRefused(string path)
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));

        using var response = await gateway.SendAsync(path, "{}");

        Assert.Equal(404, (int)response.StatusCode);
    }

    [Fact]
    public async Task Responses_InTheBackground_AreRefused()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));

        using var response = await gateway.SendAsync("/v1/responses", """{"model":"m","input":"hi","background":true}""");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("background_not_served", await RefusalTests.OpenAiCodeAsync(response));
    }

    [Fact]
    public async Task Gemini_TwoSpellingsOfOneName_AreADuplicate()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));

        using var response = await gateway.SendAsync("/v1beta/models/m:generateContent", """{"contents":[],"systemInstruction":{},"system_instruction":{}}""");

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal("duplicate_member", (await gateway.Records.NextAsync()).EndReason);
    }

    private static Task<RunningGateway> StartAsync(FakeProvider provider) => RunningGateway.StartAsync(provider.Address, ServeAll);

    private static GatewayOptions ServeAll(GatewayOptions options) => options with { Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] };
}
