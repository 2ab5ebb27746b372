using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Tests.Protocol;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>References in the place of signatures: they come back only from the account and the conversation that they were handed out in.</summary>
public sealed class ReferenceTests : IAsyncDisposable
{
    private static readonly ControlOptions Sealing = new() { References = ControlMode.On, ForeignReferences = ControlMode.On };
    private static readonly ControlOptions Withholding = Sealing with { Reasoning = ControlMode.On };
    private string _seen = "";
    private FakeProvider? _provider;
    private RunningGateway? _gateway;

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }

        if (_provider is not null)
        {
            await _provider.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Anthropic_SentBack_TheProviderGetsItsOwnBytes(bool withholds, bool streams)
    {
        await StartAsync(streams ? ReasoningSamples.Anthropic : Encoding.UTF8.GetBytes(ReasoningSamples.AnthropicBody), streams, withholds ? Withholding : Sealing);
        var content = streams ? await StreamedContentAsync() : await ContentAsync();
        Assert.DoesNotContain("OPAQUE", content.ToJsonString(), StringComparison.Ordinal);

        var (status, _) = await SendBackAsync(content);

        Assert.Equal(200, status);
        var returned = JsonNode.Parse(_seen)!["messages"]![1]!["content"]!;
        Assert.Equal(streams ? "SECRET, 字 🌊." : "SECRET.", (string)returned[0]!["thinking"]!);
        Assert.Equal(("OPAQUE1", "OPAQUE2"), ((string)returned[0]!["signature"]!, (string)returned[1]!["data"]!));
    }

    [Theory]
    [InlineData("account", "reference_of_other_account", 403)]
    [InlineData("session", "reference_of_other_session", 403)]
    [InlineData("prefix", "reference_of_other_prefix", 403)]
    [InlineData("forged", "reference_forged", 400)]
    [InlineData("cut", "reference_forged", 400)]
    [InlineData("foreign", "reference_foreign", 403)]
    public async Task Anthropic_ReplayedElsewhere_IsRefusedAndRecorded(string how, string code, int expected)
    {
        await StartAsync(Encoding.UTF8.GetBytes(ReasoningSamples.AnthropicBody), streams: false, Sealing);
        var content = await ContentAsync();
        var earlier = new JsonArray();
        string question = "first", key = _gateway!.Key;
        switch (how)
        {
            case "account":
                key = _gateway.Host.KeyStore.Create("acc-2", "org-1").Secret;
                _gateway.Host.ReloadKeys();
                break;
            case "session":
                question = "another";
                break;
            case "prefix":
                earlier = [new JsonObject { ["role"] = "user", ["content"] = "first" }, new JsonObject { ["role"] = "assistant", ["content"] = "made up" }];
                question = "second";
                break;
            case "forged":
                var signature = ((string)content[0]!["signature"]!).ToCharArray();
                signature[60] = signature[60] == 'A' ? 'B' : 'A';
                content[0]!["signature"] = new string(signature);
                break;
            case "cut":
                content[0]!["signature"] = ((string)content[0]!["signature"]!)[..40];
                break;
            default:
                content[0]!["signature"] = "c2ln";
                break;
        }

        _seen = "";
        var (status, answer) = await SendBackAsync(content, question, key, earlier);

        Assert.Equal((expected, "", code), (status, _seen, (string)answer["error"]!["code"]!));
        await _gateway.Records.NextAsync();
        var record = await _gateway.Records.NextAsync();
        Assert.Equal(("refused", code), (record.End, record.EndReason));
    }

    [Fact]
    public async Task Anthropic_TooOld_IsRefused()
    {
        var time = new StepClock();
        await StartAsync(Encoding.UTF8.GetBytes(ReasoningSamples.AnthropicBody), streams: false, Sealing with { ReferenceLifetime = TimeSpan.FromHours(1) }, time);
        var content = await ContentAsync();
        time.Advance(TimeSpan.FromMinutes(59));
        var (inTime, _) = await SendBackAsync(content);
        time.Advance(TimeSpan.FromMinutes(2));

        var (late, answer) = await SendBackAsync(content);

        Assert.Equal((200, 400, "reference_expired"), (inTime, late, (string)answer["error"]!["code"]!));
    }

    [Fact]
    public async Task Anthropic_ClientReencodesTheConversation_ReferenceHolds()
    {
        await StartAsync(Encoding.UTF8.GetBytes(ReasoningSamples.AnthropicBody), streams: false, Withholding);
        var content = await ContentAsync();

        var (status, _) = await SendBackAsync(content, question: new JsonArray(new JsonObject { ["type"] = "text", ["text"] = " first\n", ["cache_control"] = new JsonObject() }));

        Assert.Equal(200, status);
    }

    [Fact]
    public async Task AnthropicCountTokens_WithReferences_CountsTheOriginals()
    {
        await StartAsync(Encoding.UTF8.GetBytes(ReasoningSamples.AnthropicBody), streams: false, Withholding with { PrefixFreeze = ControlMode.On });
        var content = await ContentAsync();
        var messages = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "first" }, new JsonObject { ["role"] = "assistant", ["content"] = content.DeepClone() });

        using var response = await _gateway!.SendAsync("/v1/messages/count_tokens", new JsonObject { ["model"] = "m", ["messages"] = messages }.ToJsonString());

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Contains("OPAQUE1", _seen, StringComparison.Ordinal);
        Assert.Equal("restored:references", response.Headers.GetValues("stillgate-changes").Single());
    }

    [Fact]
    public async Task Responses_EncryptedContent_ComesBackAsItself()
    {
        const string body = """{"output":[{"id":"rs1","type":"reasoning","summary":[],"encrypted_content":"OPAQUE+/="},{"type":"function_call","call_id":"c","name":"look","arguments":"{}"}]}""";
        await StartAsync(Encoding.UTF8.GetBytes(body), streams: false, Sealing);
        using var first = await _gateway!.SendAsync("/v1/responses", """{"model":"m","input":[{"role":"user","content":"first"}]}""");
        var output = JsonNode.Parse(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["output"]!.AsArray();
        Assert.StartsWith("U0dS", (string)output[0]!["encrypted_content"]!, StringComparison.Ordinal);
        var input = new JsonArray(new JsonObject { ["role"] = "user", ["content"] = "first" }, output[0]!.DeepClone(), output[1]!.DeepClone(), new JsonObject { ["type"] = "function_call_output", ["call_id"] = "c", ["output"] = "x" });

        using var second = await _gateway.SendAsync("/v1/responses", new JsonObject { ["model"] = "m", ["input"] = input }.ToJsonString());

        Assert.Equal(200, (int)second.StatusCode);
        Assert.Equal("OPAQUE+/=", (string)JsonNode.Parse(_seen)!["input"]![1]!["encrypted_content"]!);
    }

    [Fact]
    public async Task Gemini_ThoughtSignature_ComesBackAsItselfAndToolsAreLeftAlone()
    {
        const string body = """{"candidates":[{"content":{"role":"model","parts":[{"functionCall":{"name":"look","args":{"thoughtSignature":"its own"}},"thoughtSignature":"T1BBUVVF"}]},"finishReason":"STOP"}]}""";
        await StartAsync(Encoding.UTF8.GetBytes(body), streams: false, Withholding);
        const string path = "/v1beta/models/m:generateContent";
        using var first = await _gateway!.SendAsync(path, """{"contents":[{"role":"user","parts":[{"text":"first"}]}]}""");
        var content = JsonNode.Parse(await first.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["candidates"]![0]!["content"]!.DeepClone();
        Assert.NotEmpty(Convert.FromBase64String((string)content["parts"]![0]!["thoughtSignature"]!));
        var contents = new JsonArray(JsonNode.Parse("""{"role":"user","parts":[{"text":"first"}]}"""), content, JsonNode.Parse("""{"role":"user","parts":[{"functionResponse":{"name":"look","response":{}}}]}"""));

        using var second = await _gateway.SendAsync(path, new JsonObject { ["contents"] = contents }.ToJsonString());

        Assert.Equal(200, (int)second.StatusCode);
        var part = JsonNode.Parse(_seen)!["contents"]![1]!["parts"]![0]!;
        Assert.Equal(("T1BBUVVF", "its own"), ((string)part["thoughtSignature"]!, (string)part["functionCall"]!["args"]!["thoughtSignature"]!));
    }

    [Fact]
    public async Task Observe_AfterOn_StillTakesReferencesBackAndHandsOutNone()
    {
        await StartAsync(Encoding.UTF8.GetBytes(ReasoningSamples.AnthropicBody), streams: false, Sealing);
        var content = await ContentAsync();
        var options = _gateway!.Host.Configs.Current.Options;
        _gateway.Host.Configs.Replace(options with { Controls = Sealing with { References = ControlMode.Observe } });

        var (status, answer) = await SendBackAsync(content);
        Assert.Equal((200, "OPAQUE1"), (status, (string)answer["content"]![0]!["signature"]!));
        Assert.Contains("OPAQUE1", _seen, StringComparison.Ordinal);

        var (again, _) = await SendBackAsync(answer["content"]!.AsArray());
        await _gateway.Records.NextAsync();
        await _gateway.Records.NextAsync();
        Assert.Equal((200, "observed:foreign_reference"), (again, Assert.Single((await _gateway.Records.NextAsync()).Changes!)));
    }

    private async Task StartAsync(byte[] answer, bool streams, ControlOptions controls, TimeProvider? time = null)
    {
        _provider = await FakeProvider.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            _seen = await reader.ReadToEndAsync();
            context.Response.ContentType = streams ? "text/event-stream" : "application/json";
            await context.Response.Body.WriteAsync(answer);
        });
        _gateway = await RunningGateway.StartAsync(
            _provider.Address,
            options => options with { Controls = controls, Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] },
            time: time);
    }

    private async Task<JsonArray> ContentAsync()
    {
        using var response = await _gateway!.SendAsync(Samples.AnthropicPath, """{"model":"m","messages":[{"role":"user","content":"first"}]}""");
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["content"]!.DeepClone().AsArray();
    }

    /// <summary>The blocks of a stream, put together as a client does.</summary>
    private async Task<JsonArray> StreamedContentAsync()
    {
        using var response = await _gateway!.SendAsync(Samples.AnthropicPath, """{"model":"m","stream":true,"messages":[{"role":"user","content":"first"}]}""");
        var blocks = new JsonArray();
        foreach (var line in (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Split('\n').Where(line => line.StartsWith("data: ", StringComparison.Ordinal)))
        {
            var sse = JsonNode.Parse(line["data: ".Length..])!;
            if (sse["content_block"] is { } block)
            {
                blocks.Add(block.DeepClone());
            }
            else if (sse["index"] is { } index && sse["delta"] is JsonObject delta)
            {
                var member = delta.Select(pair => pair.Key).Single(name => name != "type");
                blocks[(int)index]![member] = (string)blocks[(int)index]![member]! + (string)delta[member]!;
            }
        }

        return blocks;
    }

    private async Task<(int Status, JsonNode Answer)> SendBackAsync(JsonArray content, JsonNode? question = null, string? key = null, JsonArray? earlier = null)
    {
        var messages = new JsonArray([.. (earlier ?? []).Select(message => message!.DeepClone())])
        {
            new JsonObject { ["role"] = "user", ["content"] = question ?? "first" },
            new JsonObject { ["role"] = "assistant", ["content"] = content.DeepClone() },
            new JsonObject { ["role"] = "user", ["content"] = "go on" },
        };
        var body = new JsonObject { ["model"] = "m", ["messages"] = messages }.ToJsonString(new JsonSerializerOptions { Encoder = null });
        using var response = await _gateway!.SendAsync(RunningGateway.Request(Samples.AnthropicPath, body, key ?? _gateway.Key));
        return ((int)response.StatusCode, JsonNode.Parse((await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)) is { Length: > 0 } text && text[0] == '{' ? text : "{}")!);
    }

    /// <summary>A clock that a test moves; its timers are the system's, since nothing here waits.</summary>
    private sealed class StepClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void Advance(TimeSpan by) => _ahead += by;

        public override DateTimeOffset GetUtcNow() => TimeProvider.System.GetUtcNow() + _ahead;
    }
}
