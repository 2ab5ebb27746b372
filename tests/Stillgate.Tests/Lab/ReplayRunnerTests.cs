using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Stillgate.Lab.Replay;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class ReplayRunnerTests
{
    private static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Run_ManyAccounts_SendsEachInItsOwnOrderWithItsOwnKey()
    {
        await using var server = await ReplayServer.StartAsync();
        var log = Enumerable.Range(0, 600).Select(index => Exchange($"a{index % 7}", index, Dialects.OpenAiChat)).ToArray();

        var outcome = await RunAsync(server, log, lanes: 8);

        Assert.Equal((600, 0, 0), (outcome.Sent, outcome.Failed, outcome.Skipped));
        Assert.Equal(600, outcome.ByStatus[200]);
        var byKey = server.Requests.GroupBy(request => request.Key).ToArray();
        Assert.Equal(7, byKey.Length);
        Assert.All(byKey, requests =>
        {
            var numbers = requests.Select(request => int.Parse(request.LastContent, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(numbers.Order(), numbers);
        });
        Assert.Contains(byKey, requests => requests.Key == "Bearer sg-replay-a3");
        Assert.InRange(server.MostUnderWay, 1, 8);
    }

    [Fact]
    public async Task Run_AnthropicExchange_UsesItsDialect()
    {
        await using var server = await ReplayServer.StartAsync();
        var exchange = Exchange("a", 1, Dialects.AnthropicMessages) with
        {
            EndCustomer = "cust-1",
            Request = new ExchangeRequest
            {
                Messages =
                [
                    new ChatMessage("system", "Be brief."),
                    new ChatMessage("user", "List the files"),
                    new ChatMessage("assistant", "Looking.\n[tool_call] bash ls -la"),
                    new ChatMessage("tool", "[tool_result] a.txt"),
                ],
                Settings = new RequestSettings { MaxOutputTokens = 99, Tools = ["bash"] },
            },
        };

        await RunAsync(server, [exchange]);

        var request = Assert.Single(server.Requests);
        Assert.Equal(("/v1/messages", "sg-replay-a"), (request.Path, request.Key));
        Assert.Equal("Be brief.", request.Body.GetProperty("system").GetString());
        Assert.Equal(99, request.Body.GetProperty("max_tokens").GetInt32());
        Assert.Equal("cust-1", request.Body.GetProperty("metadata").GetProperty("user_id").GetString());
        Assert.Equal("bash", request.Body.GetProperty("tools")[0].GetProperty("name").GetString());
        var messages = request.Body.GetProperty("messages");
        Assert.Equal(["user", "assistant", "user"], messages.EnumerateArray().Select(message => message.GetProperty("role").GetString()!));
        Assert.Equal("tool_use", messages[1].GetProperty("content")[1].GetProperty("type").GetString());
        Assert.Equal(messages[1].GetProperty("content")[1].GetProperty("id").GetString(), messages[2].GetProperty("content")[0].GetProperty("tool_use_id").GetString());
        Assert.Equal("a.txt", messages[2].GetProperty("content")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Run_OpenAiExchange_KeepsSettingsAndPairsToolCalls()
    {
        await using var server = await ReplayServer.StartAsync();
        var exchange = Exchange("a", 1, Dialects.OpenAiChat) with
        {
            EndCustomer = "cust-1",
            Request = new ExchangeRequest
            {
                Messages =
                [
                    new ChatMessage("user", "List the files"),
                    new ChatMessage("assistant", "[tool_call] shell ls"),
                    new ChatMessage("tool", "[tool_result] a.txt"),
                    new ChatMessage("assistant", "One file. [tool_call] is only text here"),
                    new ChatMessage("user", "Thanks"),
                ],
                Settings = new RequestSettings { Temperature = 0.7, N = 2, Logprobs = true },
            },
        };

        await RunAsync(server, [exchange]);

        var request = Assert.Single(server.Requests);
        Assert.Equal("/v1/chat/completions", request.Path);
        Assert.Equal(0.7, request.Body.GetProperty("temperature").GetDouble());
        Assert.Equal(2, request.Body.GetProperty("n").GetInt32());
        Assert.Equal("cust-1", request.Body.GetProperty("user").GetString());
        var messages = request.Body.GetProperty("messages");
        Assert.Equal("shell", messages[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal(messages[1].GetProperty("tool_calls")[0].GetProperty("id").GetString(), messages[2].GetProperty("tool_call_id").GetString());
        Assert.Equal(JsonValueKind.String, messages[3].GetProperty("content").ValueKind);
        Assert.False(messages[3].TryGetProperty("tool_calls", out _));
    }

    [Theory]
    [InlineData(Dialects.OpenAiChat)]
    [InlineData(Dialects.AnthropicMessages)]
    public async Task Run_SeveralCallsInOneTurn_PairsEachResultAndReadsAsTheLogHasIt(string dialect)
    {
        await using var server = await ReplayServer.StartAsync();
        ChatMessage[] messages =
        [
            new("user", "Compare them"),
            new("assistant", "Both.\n[tool_call] read a\n[tool_call] read b"),
            new("tool", "[tool_result] 1"),
            new("tool", "[tool_result] 2"),
            new("user", "[tool_result] is what I see. Go on."),
            new("assistant", "[tool_call] read c"),
            new("tool", "[tool_result] 3"),
        ];

        await RunAsync(server, [Exchange("a", 1, dialect) with { Request = new ExchangeRequest { Messages = messages } }]);

        var body = Assert.Single(server.Requests).Body.GetRawText();
        Assert.Equal(["1", "2", "1", "2", "3", "3"], Regex.Matches(body, "\"(?:call|toolu)_([0-9]+)\"").Select(match => match.Groups[1].Value));
        var bytes = Encoding.UTF8.GetBytes(body);
        Assert.Equal(EnvelopeFault.None, EnvelopeParser.Parse(dialect, bytes, out var envelope));
        var read = envelope!.ReadMessages(bytes, out _);
        Assert.Equal(messages.Where(message => message.Role != "assistant"), read.Where(message => message.Role != "assistant"));
        Assert.Equal(["user", "assistant", "tool", "tool", "user", "assistant", "tool"], read.Select(message => message.Role));
    }

    [Fact]
    public async Task Run_StreamAskedFor_IsReadToItsEnd()
    {
        await using var server = await ReplayServer.StartAsync();
        var log = Enumerable.Range(0, 5).Select(index => Exchange("a", index, Dialects.OpenAiChat) with
        {
            Request = new ExchangeRequest { Messages = [new ChatMessage("user", "x")], Settings = new RequestSettings { Stream = true } },
        });

        var outcome = await RunAsync(server, [.. log]);

        Assert.Equal(5, outcome.ByStatus[200]);
        Assert.Equal(5, server.StreamsReadToTheEnd);
    }

    [Fact]
    public async Task Run_WithASpeed_KeepsTheRecordedSpacing()
    {
        await using var server = await ReplayServer.StartAsync();
        var log = Enumerable.Range(0, 4).Select(index => Exchange("a", index, Dialects.OpenAiChat) with { At = Start.AddMinutes(index * 10) }).ToArray();

        // Thirty minutes of log at 6,000 times the speed are three tenths of a second.
        var outcome = await RunAsync(server, log, speed: 6_000);

        Assert.True(outcome.Elapsed >= TimeSpan.FromMilliseconds(290));
    }

    [Fact]
    public async Task Run_GatewayRefuses_CountsByStatus()
    {
        await using var server = await ReplayServer.StartAsync(status: 403);

        var outcome = await RunAsync(server, [Exchange("a", 1, Dialects.OpenAiChat)]);

        Assert.Equal(1, outcome.ByStatus[403]);
        Assert.Equal(0, outcome.Failed);
    }

    [Fact]
    public async Task Run_NobodyListens_CountsFailuresAndEnds()
    {
        var server = await ReplayServer.StartAsync();
        var address = server.Address;
        await server.DisposeAsync();
        using var client = new HttpClient();

        var outcome = await new ReplayRunner(client, new ReplayOptions { Target = address, Speed = 0 }, TimeProvider.System)
            .RunAsync([Exchange("a", 1, Dialects.OpenAiChat), Exchange("b", 2, Dialects.OpenAiChat)], progress: null, TestContext.Current.CancellationToken);

        Assert.Equal((2, 2), (outcome.Sent, outcome.Failed));
    }

    [Fact]
    public async Task Run_OtherDialectOrNoContent_IsSkipped()
    {
        await using var server = await ReplayServer.StartAsync();
        ExchangeRecord[] log = [Exchange("a", 1, Dialects.GeminiGenerate), Exchange("a", 2, Dialects.OpenAiChat) with { Request = ExchangeRequest.Empty }];

        var outcome = await RunAsync(server, log);

        Assert.Equal((0, 2), (outcome.Sent, outcome.Skipped));
    }

    [Fact]
    public async Task Run_KeyIsMissing_EndsWithTheCallersException()
    {
        await using var server = await ReplayServer.StartAsync();
        using var client = new HttpClient();
        var options = new ReplayOptions { Target = server.Address, Speed = 0, LaneCount = 2, KeyOf = account => account == "b" ? throw new InvalidOperationException("no key") : account };
        var runner = new ReplayRunner(client, options, TimeProvider.System);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => runner.RunAsync([Exchange("a", 1, Dialects.OpenAiChat), Exchange("b", 2, Dialects.OpenAiChat)], progress: null, TestContext.Current.CancellationToken));
    }

    private static async Task<ReplayOutcome> RunAsync(ReplayServer server, IReadOnlyList<ExchangeRecord> log, double speed = 0, int lanes = 4)
    {
        using var client = new HttpClient();
        var options = new ReplayOptions { Target = server.Address, Speed = speed, LaneCount = lanes };
        return await new ReplayRunner(client, options, TimeProvider.System).RunAsync(log, progress: null, TestContext.Current.CancellationToken);
    }

    private static ExchangeRecord Exchange(string account, int number, string dialect) => new()
    {
        Id = $"x-{number}",
        At = Start.AddSeconds(number),
        Account = account,
        Dialect = dialect,
        Model = "m-large",
        Status = 200,
        Client = new ClientEvidence { UserAgent = "kit/1.0" },
        Request = new ExchangeRequest { Messages = [new ChatMessage("user", $"{number}")] },
    };
}
