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
                new ChatMessage("user", "[tool_result] seen\n[document]"),
            ],
            Messages(Dialects.AnthropicMessages, body));
    }

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

    private static RequestEnvelope Parse(string dialect, string body)
    {
        Assert.Equal(EnvelopeFault.None, EnvelopeParser.Parse(dialect, Encoding.UTF8.GetBytes(body), out var envelope));
        return envelope!;
    }

    private static IReadOnlyList<ChatMessage> Messages(string dialect, string body)
    {
        var messages = Parse(dialect, body).ReadMessages(Encoding.UTF8.GetBytes(body), out var isCut);
        Assert.False(isCut);
        return messages;
    }
}
