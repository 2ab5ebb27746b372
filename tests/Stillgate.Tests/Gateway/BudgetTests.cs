using System.Net;
using System.Text.Json;
using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Budgets reserve when a request is admitted and settle when it has ended.</summary>
public sealed class BudgetTests
{
    private static readonly ApiKey Key = new("key-1", "acc-1", "org-1");

    [Fact]
    public async Task Requests_OverTheBudget_Get429InShapeWithRetryAfter()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), Requests = 2 }] });

        using var first = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        using var second = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        using var third = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal([200, 200, 429], ((HttpResponseMessage[])[first, second, third]).Select(response => (int)response.StatusCode));
        Assert.Equal("account;window=86400s;requests=1", first.Headers.GetValues("stillgate-budget-remaining").Single());
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 86_400);
        Assert.Equal("budget_spent", await RefusalTests.OpenAiCodeAsync(third));
        await gateway.Records.NextAsync();
        await gateway.Records.NextAsync();
        Assert.Equal(("refused", "budget_spent", 429), (await gateway.Records.NextAsync()) is var record ? (record.End, record.EndReason, record.Status) : default);
    }

    [Theory]
    [InlineData(Dialects.OpenAiChat, "x-ratelimit-remaining-requests=1,0,0;x-ratelimit-limit-requests=2,2,2;x-ratelimit-remaining-tokens=9936,9929,")]
    [InlineData(Dialects.AnthropicMessages, "anthropic-ratelimit-requests-remaining=1,0,0;anthropic-ratelimit-requests-limit=2,2,2;anthropic-ratelimit-output-tokens-remaining=9936,9929,")]
    public async Task Rates_OfTheBudgets_StandInTheHeadersThatTheDialectsClientsRead(string dialect, string expected)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.Body(dialect), shape: response => response.Headers["x-ratelimit-remaining-requests"] = "777");
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with
        {
            Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), Requests = 2, OutputTokens = 10_000 }, new BudgetOptions { Scope = BudgetScope.Global, Window = TimeSpan.FromDays(1), Requests = 1000 }],
        });

        var responses = new List<HttpResponseMessage>();
        for (var i = 0; i < 3; i++)
        {
            responses.Add(await gateway.SendAsync(Samples.Path(dialect), Samples.Request));
            await responses[i].Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            await gateway.Records.NextAsync();
        }

        foreach (var line in expected.Split(';'))
        {
            var (name, values) = (line.Split('=')[0], line.Split('=')[1].Split(','));
            Assert.Equal(values, responses.Select((response, i) => values[i].Length == 0 ? "" : response.Headers.GetValues(name).Single()));
        }

        var reset = responses[2].Headers.Single(header => header.Key.EndsWith(dialect == Dialects.OpenAiChat ? "reset-requests" : "requests-reset", StringComparison.Ordinal)).Value.Single();
        Assert.Matches(dialect == Dialects.OpenAiChat ? "^[0-9]+s$" : "T00:00:00Z$", reset);
    }

    [Theory]
    [InlineData(Dialects.OpenAiChat, """{"model":"m","max_tokens":1001,"messages":[]}""", "output tokens than the whole budget of its account holds: 1000 in 86400 s")]
    [InlineData(Dialects.OpenAiChat, """{"model":"m","messages":[]}""", "output tokens than the whole budget of its account holds: 1000 in 86400 s")]
    [InlineData(Dialects.AnthropicMessages, """{"model":"m","max_tokens":900,"n":2,"messages":[]}""", "output tokens than the whole budget of everybody together holds: 800 in 60 s")]
    [InlineData(Dialects.GeminiGenerate, """{"generationConfig":{"maxOutputTokens":1001},"contents":[]}""", "output tokens than the whole budget of its account holds: 1000 in 86400 s")]
    public async Task Request_LargerThanAWholeBudget_IsRefusedInShapeAndToldThatNoWaitingHelps(string dialect, string body, string expected)
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with
        {
            Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), Requests = 2, OutputTokens = 1000 }, new BudgetOptions { Scope = BudgetScope.Global, OutputTokens = dialect == Dialects.AnthropicMessages ? 800 : 5000 }],
        });

        using var response = await gateway.SendAsync(dialect == Dialects.GeminiGenerate ? "/v1beta/models/m:generateContent" : Samples.Path(dialect), body);
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var record = await gateway.Records.NextAsync();

        Assert.Equal((400, "budget_too_small", "refused"), ((int)response.StatusCode, record.EndReason, record.End));
        Assert.Null(response.Headers.RetryAfter);
        Assert.Contains(expected, error.RootElement.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            dialect switch { Dialects.OpenAiChat => "invalid_request_error", Dialects.AnthropicMessages => "invalid_request_error", _ => "INVALID_ARGUMENT" },
            error.RootElement.GetProperty("error").GetProperty(dialect == Dialects.GeminiGenerate ? "status" : "type").GetString());

        // It has reserved nothing: two others fit.
        for (var i = 0; i < 2; i++)
        {
            using var other = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","max_tokens":10,"messages":[]}""");
            Assert.Equal(200, (int)other.StatusCode);
        }
    }

    [Fact]
    public async Task Tokens_BoundedByAControl_AreReservedAsTheProviderIsAsked()
    {
        // The client asks for 5 times 900 tokens, and the provider is asked for 2 times 100.
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with
        {
            Controls = new ControlOptions { Choices = ControlMode.On, ChoicesMax = 2, OutputTokens = ControlMode.On, OutputTokensMax = 100 },
            Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), OutputTokens = 1000 }],
        });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"m","n":5,"max_tokens":900,"messages":[]}""");

        Assert.Equal("account;window=86400s;output-tokens=800", response.Headers.GetValues("stillgate-budget-remaining").Single());
    }

    [Fact]
    public async Task Tokens_ReservedHighAndUsedLow_AreGivenBack()
    {
        // Each request reserves 64 output tokens and uses 7: without settling the second would not fit.
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), OutputTokens = 80 }] });

        var statuses = new List<int>();
        for (var i = 0; i < 5; i++)
        {
            using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
            await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
            await gateway.Records.NextAsync();
            statuses.Add((int)response.StatusCode);
        }

        // 7 and 14 are used when the third asks; 21 + 64 is more than 80.
        Assert.Equal([200, 200, 200, 429, 429], statuses);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tokens_ParallelRequestsThatAreAborted_PassNoMoreThanThereIsAndGiveBackTheRest(bool begun)
    {
        // Ten times 64 fit. Each of those admitted is aborted, before the answer's head or within its stream.
        using var arrived = new SemaphoreSlim(0);
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            if (begun)
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.Body.WriteAsync("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"hello\"}}]}\n\n"u8.ToArray());
                await context.Response.Body.FlushAsync();
            }

            arrived.Release();
            var left = new TaskCompletionSource();
            await using var registration = context.RequestAborted.Register(left.SetResult);
            await left.Task;
        });
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), OutputTokens = 640 }] });
        using var leaving = new CancellationTokenSource();
        var asked = Enumerable.Range(0, 20)
            .Select(_ => gateway.Client.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.StreamRequest, gateway.Key), HttpCompletionOption.ResponseHeadersRead, leaving.Token)).ToList();
        var admitted = new List<HttpResponseMessage>();
        for (var refused = 0; refused < 10;)
        {
            var ended = await Task.WhenAny(asked);
            asked.Remove(ended);
            var response = await ended;
            refused += response.StatusCode == HttpStatusCode.TooManyRequests ? 1 : 0;
            admitted.Add(response);
        }

        for (var i = 0; i < 10; i++)
        {
            Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        }

        Assert.Equal(0, arrived.CurrentCount);
        if (begun)
        {
            admitted.AddRange(await Task.WhenAll(asked));
        }

        await leaving.CancelAsync();
        admitted.ForEach(response => response.Dispose());
        var ends = new List<string?>();
        for (var i = 0; i < 20; i++)
        {
            ends.Add((await gateway.Records.NextAsync()).End);
        }

        Assert.Equal([("client-left", 10), ("refused", 10)], ends.GroupBy(end => end!).Select(group => (group.Key, group.Count())).Order());

        // A begun stream has cost a token each; what the rest reserved is free again.
        using var last = new CancellationTokenSource();
        var large = gateway.Client.SendAsync(RunningGateway.Request(Samples.OpenAiPath, """{"model":"m","max_tokens":600,"messages":[]}""", gateway.Key), HttpCompletionOption.ResponseHeadersRead, last.Token);
        Assert.True(await arrived.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        await last.CancelAsync();
        await Task.WhenAny(large);
    }

    [Fact]
    public async Task Reserve_ManyAtOnce_NeverPassesMoreThanThereIs()
    {
        var book = new BudgetBook([new BudgetOptions { Window = TimeSpan.FromDays(1), Requests = 100, OutputTokens = 1_000_000 }], TimeProvider.System);

        var admitted = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Enumerable.Range(0, 100).Count(_ => book.TryReserve(Key, new BudgetUse(1, 0, 10), out TimeSpan _, out BudgetRates _) is not null))));

        Assert.Equal(100, admitted.Sum());
    }

    [Fact]
    public void Reserve_SecondBudgetHasNoRoom_FirstIsGivenBack()
    {
        var book = new BudgetBook([new BudgetOptions { Window = TimeSpan.FromDays(1), Requests = 2 }, new BudgetOptions { Scope = BudgetScope.Global, Window = TimeSpan.FromDays(1), OutputTokens = 100 }], TimeProvider.System);

        Assert.Null(book.TryReserve(Key, new BudgetUse(1, 0, 101), out _, out _));
        Assert.Null(book.TryReserve(Key, new BudgetUse(1, 0, 101), out _, out _));
        Assert.NotNull(book.TryReserve(Key, new BudgetUse(1, 0, 100), out _, out _));
    }

    [Theory]
    [InlineData(BudgetScope.Credential, 3)]
    [InlineData(BudgetScope.Account, 2)]
    [InlineData(BudgetScope.Organization, 1)]
    [InlineData(BudgetScope.Global, 1)]
    public void Reserve_ByScope_BoundsTheRightOnes(BudgetScope scope, int admitted)
    {
        var book = new BudgetBook([new BudgetOptions { Scope = scope, Window = TimeSpan.FromDays(1), Requests = 1 }], TimeProvider.System);
        ApiKey[] keys = [new("k1", "a1", "o1"), new("k2", "a1", "o1"), new("k3", "a2", "o1")];

        Assert.Equal(admitted, keys.Count(key => book.TryReserve(key, new BudgetUse(1, 0, 0), out _, out _) is not null));
    }

    [Fact]
    public void Reserve_InTheNextWindow_BeginsAnew()
    {
        var time = new StoppedClock();
        var book = new BudgetBook([new BudgetOptions { Requests = 1 }], time);

        Assert.NotNull(book.TryReserve(Key, new BudgetUse(1, 0, 0), out _, out _));
        Assert.Null(book.TryReserve(Key, new BudgetUse(1, 0, 0), out var retryAfter, out _));
        Assert.Equal(TimeSpan.FromSeconds(45), retryAfter);
        time.Now += retryAfter;
        Assert.NotNull(book.TryReserve(Key, new BudgetUse(1, 0, 0), out _, out _));
    }

    private sealed class StoppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 5, 1, 12, 0, 15, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
