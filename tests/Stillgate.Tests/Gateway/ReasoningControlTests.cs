using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Filtering;
using Stillgate.Tests.Protocol;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>How much of a model's reasoning leaves: off, observed or on; announced, and in the record.</summary>
public sealed class ReasoningControlTests
{
    private const string ResponsesPath = "/v1/responses";
    private const string GeminiStreamPath = "/v1beta/models/m-large:streamGenerateContent?alt=sse";
    private static readonly ControlOptions Withheld = new() { Reasoning = ControlMode.On };

    public static TheoryData<string, int> DialectsAndPieces
    {
        get
        {
            var cases = new TheoryData<string, int>();
            foreach (var dialect in (string[])[Dialects.OpenAiChat, Dialects.OpenAiResponses, Dialects.AnthropicMessages, Dialects.GeminiGenerate])
            {
                cases.Add(dialect, 1);
                cases.Add(dialect, 13);
                cases.Add(dialect, 100_000);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(DialectsAndPieces))]
    public async Task On_Stream_WithholdsReasoningAndSaysSo(string dialect, int pieceBytes)
    {
        await using var provider = await FakeProvider.StreamAsync(StreamOf(dialect), pieceBytes);
        await using var gateway = await StartAsync(provider, Withheld);

        using var response = await gateway.SendAsync(PathOf(dialect), RequestOf(dialect));
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();

        Assert.DoesNotContain("SECRET", body, StringComparison.Ordinal);
        Assert.Contains("é 水", body, StringComparison.Ordinal);
        Assert.Equal("withheld:reasoning", response.Headers.GetValues("stillgate-changes").Single());
        Assert.Equal("complete", record.End);
        Assert.Contains("withheld:reasoning", record.Changes!);
        Assert.Contains(record.Changes!, change => change.StartsWith("withheld:reasoning_pieces=", StringComparison.Ordinal));
        Assert.Null(record.Response!.Reasoning);
        Assert.Contains("é 水", record.Response.Text, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(DialectsAndPieces))]
    public async Task OffAndObserve_Stream_PassByteForByte(string dialect, int pieceBytes)
    {
        foreach (var mode in (ControlMode[])[ControlMode.Off, ControlMode.Observe])
        {
            await using var provider = await FakeProvider.StreamAsync(StreamOf(dialect), pieceBytes);
            await using var gateway = await StartAsync(provider, new ControlOptions { Reasoning = mode });

            using var response = await gateway.SendAsync(PathOf(dialect), RequestOf(dialect));
            var body = await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            var record = await gateway.Records.NextAsync();

            Assert.Equal(StreamOf(dialect), body);
            Assert.False(response.Headers.Contains("stillgate-changes"));
            Assert.Equal(mode == ControlMode.Observe ? ["observed:reasoning=withheld"] : null, record.Changes);
        }
    }

    [Fact]
    public async Task On_Json_IsFilteredWithItsLengthRight()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.AnthropicBody, shape: response => response.ContentLength = Samples.AnthropicBody.Length);
        await using var gateway = await StartAsync(provider, Withheld);

        using var response = await gateway.SendAsync(Samples.AnthropicPath, Samples.Request);
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        Assert.StartsWith("""{"id":"m1","type":"message","role":"assistant","content":[{"type":"text","text":"é 水 🌊"}""", body, StringComparison.Ordinal);
        Assert.Null((await gateway.Records.NextAsync()).Response!.Reasoning);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate")]
    public async Task On_ProviderCompressesAllTheSame_IsDecodedAndFiltered(string encoding)
    {
        var packed = new MemoryStream();
        await using (Stream packing = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            "br" => new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true),
            _ => new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true),
        })
        {
            await packing.WriteAsync(ReasoningSamples.OpenAiChat, TestContext.Current.CancellationToken);
        }

        await using var provider = await FakeProvider.BodyAsync(packed.ToArray(), shape: response =>
        {
            response.ContentType = "text/event-stream";
            response.Headers.ContentEncoding = encoding;
        });
        await using var gateway = await StartAsync(provider, Withheld);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);

        Assert.Empty(response.Content.Headers.ContentEncoding);
        Assert.Equal(ReasoningSamples.OpenAiChatWithheld.ReplaceLineEndings("\n"), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("application/json", "unknown", "{}")]
    [InlineData("application/json", null, "<html>SECRET</html>")]
    [InlineData("application/json", "gzip", "SECRET, not gzip")]
    public async Task On_AnswerThatCannotBeRead_IsRefused(string type, string? encoding, string body)
    {
        await using var provider = await FakeProvider.BodyAsync(Encoding.UTF8.GetBytes(body), shape: response =>
        {
            response.ContentType = type;
            response.Headers.ContentEncoding = encoding;
        });
        await using var gateway = await StartAsync(provider, Withheld);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var answer = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(502, (int)response.StatusCode);
        Assert.Contains("answer_not_filterable", answer, StringComparison.Ordinal);
        Assert.Equal(("provider-error", "answer_not_filterable"), (record.End, record.EndReason));
    }

    [Fact]
    public async Task On_EventThatCannotBeRead_CutsTheStreamBeforeIt()
    {
        var heard = new TaskCompletionSource();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}\n\n"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await heard.Task;
            await context.Response.Body.WriteAsync("data: {\"reasoning\":SECRET\n\ndata: [DONE]\n\n"u8.ToArray());
        });
        await using var gateway = await StartAsync(provider, Withheld);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        Assert.Equal("data: {\"choices\":[{\"delta\":{\"content\":\"a\"}}]}", await reader.ReadLineAsync(TestContext.Current.CancellationToken));
        heard.SetResult();
        await Assert.ThrowsAnyAsync<IOException>(() => reader.ReadToEndAsync(TestContext.Current.CancellationToken));

        Assert.Equal("answer_not_filterable", (await gateway.Records.NextAsync()).EndReason);
    }

    [Fact]
    public async Task On_NothingButReasoningSoFar_TheClientHearsThatTheAnswerGoesOn()
    {
        var heard = new TaskCompletionSource();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            await context.Response.Body.WriteAsync("data: {\"choices\":[{\"delta\":{\"reasoning\":\"SECRET\"}}]}\n\n"u8.ToArray());
            await context.Response.Body.FlushAsync();
            await heard.Task;
            await context.Response.Body.WriteAsync("data: [DONE]\n\n"u8.ToArray());
        });
        await using var gateway = await StartAsync(provider, Withheld);

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken));
        var first = await reader.ReadLineAsync(TestContext.Current.CancellationToken);
        heard.SetResult();

        Assert.Equal(": reasoning withheld", first);
        Assert.Equal("\ndata: [DONE]\n\n", await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData(ResponsesPath, """{"model":"m","input":"a","reasoning":{"effort":"low","summary":"auto"}}""", """{"model":"m","input":"a","reasoning":{"effort":"low"}}""", "stripped:reasoning.summary")]
    [InlineData("/v1beta/models/m:generateContent", """{"contents":[],"generationConfig":{"topK":1,"thinkingConfig":{"includeThoughts":true,"thinkingBudget":9}}}""", """{"contents":[],"generationConfig":{"topK":1,"thinkingConfig":{"includeThoughts":false,"thinkingBudget":9}}}""", "set:include_thoughts=false")]
    [InlineData(Samples.OpenAiPath, """{"model":"m","include_reasoning":true,"messages":[]}""", """{"model":"m","include_reasoning":false,"messages":[]}""", "set:include_reasoning=false")]
    [InlineData(Samples.OpenAiPath, """{"model":"m","reasoning":{"effort":"low"},"messages":[]}""", """{"model":"m","reasoning":{"effort":"low","exclude":true},"messages":[]}""", "set:reasoning.exclude=true")]
    [InlineData(Samples.OpenAiPath, """{"model":"m","reasoning_effort":"low","messages":[]}""", """{"model":"m","reasoning_effort":"low","messages":[]}""", null)]
    public async Task On_ClientAskedForReasoning_TheProviderIsNotAsked(string path, string request, string expected, string? word)
    {
        var seen = "";
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = await reader.ReadToEndAsync();
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("{}");
        });
        await using var gateway = await StartAsync(provider, Withheld);

        using var response = await gateway.SendAsync(path, request);

        Assert.Equal(expected, seen);
        Assert.Equal(word is null ? "withheld:reasoning" : "withheld:reasoning, " + word, response.Headers.GetValues("stillgate-changes").Single());
    }

    [Theory]
    [InlineData("m-*", true)]
    [InlineData("other", false)]
    public async Task Summary_ThinkingText_PassesOnlyWhereItIsKnownToBeASummary(string pattern, bool passes)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.AnthropicBody);
        await using var gateway = await StartAsync(provider, new ControlOptions { Reasoning = ControlMode.On, ReasoningView = ReasoningView.Summary, SummarizingModels = [pattern] });

        using var response = await gateway.SendAsync(Samples.AnthropicPath, Samples.Request);

        Assert.Equal(passes, (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Contains("Bytes.", StringComparison.Ordinal));
        Assert.Equal("withheld:reasoning_but_summaries", response.Headers.GetValues("stillgate-changes").Single());
    }

    private static Task<RunningGateway> StartAsync(FakeProvider provider, ControlOptions controls) => RunningGateway.StartAsync(
        provider.Address,
        options => options with { Controls = controls, Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] });

    private static byte[] StreamOf(string dialect) => dialect switch
    {
        Dialects.OpenAiChat => ReasoningSamples.OpenAiChat,
        Dialects.OpenAiResponses => ReasoningSamples.OpenAiResponses,
        Dialects.AnthropicMessages => ReasoningSamples.Anthropic,
        _ => ReasoningSamples.Gemini,
    };

    private static string PathOf(string dialect) => dialect switch
    {
        Dialects.OpenAiChat => Samples.OpenAiPath,
        Dialects.OpenAiResponses => ResponsesPath,
        Dialects.AnthropicMessages => Samples.AnthropicPath,
        _ => GeminiStreamPath,
    };

    private static string RequestOf(string dialect) => dialect switch
    {
        Dialects.OpenAiResponses => """{"model":"m-large","input":"hi","stream":true}""",
        Dialects.GeminiGenerate => """{"contents":[{"parts":[{"text":"hi"}]}]}""",
        _ => Samples.StreamRequest,
    };
}
