using System.Text;
using CsCheck;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;
using Xunit;

namespace Stillgate.Tests.Protocol;

public sealed class EnvelopeParserTests
{
    [Fact]
    public void Parse_OpenAiChat_ReadsWhatTheClientSet()
    {
        var envelope = Parse(Dialects.OpenAiChat, """
            {"model":"m","stream":true,"temperature":0.5,"top_p":1,"n":2,"logprobs":true,"top_logprobs":5,"logit_bias":{"50256":-100},
             "max_completion_tokens":9,"tools":[{"type":"function","function":{"name":"look","parameters":{}}},{"type":"web_search"}],
             "stream_options":{"include_usage":true},"user":"end-1","messages":[{"role":"user","content":"hi"}]}
            """);

        Assert.Equal(("m", true, "end-1", true), (envelope.Model, envelope.IsStream, envelope.EndCustomer, envelope.AsksForUsage));
        var settings = envelope.Settings!;
        Assert.Equal((0.5, 1.0, 2, true, true, 9, true), (settings.Temperature, settings.TopP, settings.N, settings.Logprobs, settings.LogitBias, settings.MaxOutputTokens, settings.Stream));
        Assert.Equal(["look", "web_search"], settings.Tools!);
    }

    [Theory]
    [InlineData("{}", false)]
    [InlineData("{\"1\":2}", true)]
    [InlineData("null", null)]
    public void Parse_LogitBias_IsSetOnlyWhereItSaysSomething(string value, bool? expected)
    {
        var envelope = Parse(Dialects.OpenAiChat, $$"""{"model":"m","logit_bias":{{value}},"temperature":1}""");

        Assert.Equal(expected, envelope.Settings!.LogitBias);
        Assert.Equal(1, envelope.Settings.Temperature);
    }

    [Fact]
    public void ReadMessages_OpenAiParts_LeaveTheirMarks()
    {
        const string body = """
            {"model":"m","messages":[
              {"role":"developer","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"Look: \ud83c\udf0a"},{"type":"image_url","image_url":{"url":"data:..."}},{"type":"input_audio","input_audio":{}}]},
              {"role":"assistant","content":null,"tool_calls":[{"id":"t","type":"function","function":{"name":"look","arguments":"{\"at\":1}"}}]},
              {"role":"tool","tool_call_id":"t","content":"a \ud800 half"}]}
            """;

        Assert.Equal(
            [
                new ChatMessage("developer", "Be brief."),
                new ChatMessage("user", "Look: 🌊\n[image]\n[audio]"),
                new ChatMessage("assistant", "[tool_call] look {\"at\":1}"),
                new ChatMessage("tool", "[tool_result] a \uFFFD half"),
            ],
            Messages(Dialects.OpenAiChat, body));
    }

    [Fact]
    public void ReadMessages_AnthropicBlocks_LeaveTheirMarks()
    {
        const string body = """
            {"model":"m","max_tokens":5,"system":[{"type":"text","text":"Be brief."}],"metadata":{"user_id":"end-2"},"messages":[
              {"role":"user","content":"hi"},
              {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"s"},{"type":"tool_use","id":"t","name":"look","input":{"at":1}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"seen"}]},{"type":"document","source":{}}]}]}
            """;

        Assert.Equal("end-2", Parse(Dialects.AnthropicMessages, body).EndCustomer);
        Assert.Equal(
            [
                new ChatMessage("system", "Be brief."),
                new ChatMessage("user", "hi"),
                new ChatMessage("assistant", "[reasoning] hm\n[tool_call] look {\"at\":1}"),
                new ChatMessage("tool", "[tool_result] seen"),
                new ChatMessage("user", "[document]"),
            ],
            Messages(Dialects.AnthropicMessages, body));
    }

    [Theory]
    [InlineData("""{"role":"user","content":[{"type":"tool_result","content":"a"},{"type":"tool_result","content":[{"type":"text","text":"b"},{"type":"image"}]},{"type":"text","text":"and"},{"type":"text","text":"now?"}]}""", "tool:[tool_result] a|tool:[tool_result] b\n[image]|user:and\nnow?")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"first"},{"type":"tool_result"},{"type":"text","text":"then"}]}""", "user:first|tool:[tool_result] |user:then")]
    [InlineData("""{"role":"user","content":[]}""", "user:")]
    [InlineData("""{"role":"user","content":[{"type":"tool_result","content":7},7]}""", "tool:[tool_result] ")]
    [InlineData("""{"role":"user","content":"[tool_result] typed"}""", "user:[tool_result] typed")]
    [InlineData("""{"role":"user","content":[{"type":"text","text":"[tool_result] typed"}]}""", "user:[tool_result] typed")]
    [InlineData("""{"role":"function","name":"f","content":"42"}""", "tool:[tool_result] 42")]
    [InlineData("""{"role":"tool","content":[{"type":"text","text":"4"},{"type":"text","text":"2"}]}""", "tool:[tool_result] 4\n2")]
    [InlineData("""{"role":"assistant","content":[{"type":"web_search_tool_result","content":[]},{"type":"text","text":"so"}]}""", "assistant:[web_search_tool_result]\nso")]
    public void ReadMessages_ToolResults_AreTheToolsWhoeverSendsThem(string message, string expected) =>
        Assert.Equal(expected, Spelled(Messages(Dialects.AnthropicMessages, $$"""{"model":"m","messages":[{{message}}]}""")));

    [Theory]
    [InlineData("""{"type":"function_call_output","call_id":"c","output":"42"}""", "tool:[tool_result] 42")]
    [InlineData("""{"type":"function_call_\u006futput","call_id":"c","output":"42"}""", "tool:[tool_result] 42")]
    [InlineData("""{"type":"function_call_output","output":[{"type":"input_text","text":"a"},{"type":"input_image"}]}""", "tool:[tool_result] a\n[image]")]
    [InlineData("""{"type":"custom_tool_call_output","output":"done"}""", "tool:[tool_result] done")]
    [InlineData("""{"type":"computer_call_output","output":{"type":"computer_screenshot","image_url":"data:"}}""", "tool:[tool_result] [image]")]
    [InlineData("""{"type":"function_call_output"}""", "tool:[tool_result] ")]
    [InlineData("""{"type":"function_call","name":"f","arguments":"{}"}""", "assistant:[tool_call] f {}")]
    [InlineData("""{"type":"\ud800_output","output":3}""", "tool:[tool_result] ")]
    [InlineData("""{"type":"\ud800"},{"type":"message","role":"user","content":"after it"}""", "assistant:[\uFFFD]|user:after it")]
    public void ReadMessages_ItemsOfTheResponsesApi_AreTheModelsOrTheTools(string item, string expected) =>
        Assert.Equal(expected, Spelled(Messages(Dialects.OpenAiResponses, $$"""{"model":"m","input":[{{item}}]}""")));

    [Theory]
    [InlineData("""{"role":"user","parts":[{"functionResponse":{"name":"f","response":{"r":42}}},{"text":"now?"}]}""", "tool:[tool_result] {\"r\":42}|user:now?")]
    [InlineData("""{"parts":[{"function_response":{"name":"f","response":{}}}]}""", "tool:[tool_result] {}")]
    [InlineData("""{"role":"function","parts":[{"functionResponse":{"name":"f","response":{},"parts":[{"inlineData":{}}]}},{"functionResponse":{}}]}""", "tool:[tool_result] {}\n[image]|tool:[tool_result] ")]
    [InlineData("""{"role":"user","parts":[{"functionResponse":{},"text":"both"}]}""", "user:both")]
    [InlineData("""{"role":"user","parts":[{"functionResponse":7}]}""", "user:[part]")]
    [InlineData("""{"role":"model","parts":[{"function_call":{"name":"f","args":{}}}]}""", "model:[tool_call] f {}")]
    public void ReadMessages_GeminiParts_AreTheUsersOrTheTools(string content, string expected) =>
        Assert.Equal(expected, Spelled(Messages(Dialects.GeminiGenerate, $$"""{"contents":[{{content}}]}""")));

    [Theory]
    [InlineData("""[{"functionDeclarations":[{"name":"a"},{"name":"b"}]},{"googleSearch":{}}]""", "a,b,unnamed")]
    [InlineData("""[{"function_declarations":[{"name":"a","parameters":{"type":"OBJECT","name":"no"}}]}]""", "a")]
    [InlineData("""[{"functionDeclarations":7},{"functionDeclarations":[]},7]""", "unnamed,unnamed")]
    [InlineData("""[{"type":"function","function":null},{"type":"web_search"},{"name":"c"},{"type":"function","function":{"description":"x","name":"d"}}]""", "function,web_search,c,d")]
    [InlineData("""[]""", "")]
    public void Parse_Tools_AreNamedInEveryDialectsForm(string tools, string expected) =>
        Assert.Equal(expected, string.Join(',', Parse(Dialects.OpenAiChat, $$"""{"model":"m","tools":{{tools}}}""").Settings!.Tools!));

    [Trait("fuzz", "parsers")]
    [Fact]
    public void Parse_AnyBytes_NeverThrows()
    {
        var valid = Encoding.UTF8.GetBytes("""{"model":"m","messages":[{"role":"user","content":[{"type":"text","text":"a\ud83c\udf0a"}]}],"tools":[{"function":{"name":"x"}}],"logit_bias":{"1":[2]}}""");
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).List[0, 12].Sample(edits =>
        {
            var bytes = valid.ToArray();
            foreach (var (at, value) in edits)
            {
                bytes[at] = value;
            }

            foreach (var dialect in Dialects.Answering)
            {
                if (EnvelopeParser.Parse(dialect, bytes, out var envelope) == EnvelopeFault.None)
                {
                    envelope!.ReadMessages(bytes, out _);
                }
            }
        });
    }

    private static string Spelled(IReadOnlyList<ChatMessage> messages) => string.Join('|', messages.Select(message => $"{message.Role}:{message.Content}"));

    private static RequestEnvelope Parse(string dialect, string body)
    {
        // Gemini's model stands in the path.
        var model = dialect == Dialects.GeminiGenerate ? "m" : null;
        Assert.Equal(EnvelopeFault.None, EnvelopeParser.Parse(dialect, Encoding.UTF8.GetBytes(body), model, isStreamOfPath: false, out var envelope));
        return envelope!;
    }

    private static IReadOnlyList<ChatMessage> Messages(string dialect, string body)
    {
        var messages = Parse(dialect, body).ReadMessages(Encoding.UTF8.GetBytes(body), out var isCut);
        Assert.False(isCut);
        return messages;
    }
}
