using System.Diagnostics;
using System.Net.Http.Json;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>The process itself, killed while it serves and started again.</summary>
public sealed class RestartTests : IDisposable
{
    private const string Answer = """{"id":"a","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"Blue."},"finish_reason":"stop"}],"usage":{"prompt_tokens":5,"completion_tokens":2,"total_tokens":7}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Up_KilledAndRestarted_CountsEachRecordedExchangeOnce()
    {
        await using var provider = await FakeProvider.BodyAsync(System.Text.Encoding.UTF8.GetBytes(Answer));
        var stop = TestContext.Current.CancellationToken;

        using (var first = Start(provider.Address))
        {
            using var client = new HttpClient { BaseAddress = await ReadyAsync(first) };
            await AskAsync(client, 30, stop);
            await ProcessMetrics.AtLeastAsync(AdminPort, "stillgate_records_written_total", 30, stop);

            // These may or may not reach the disk before the kill: either way the log says which did.
            await AskAsync(client, 7, stop);
            first.Kill();
            await first.WaitForExitAsync(stop);
        }

        using var second = Start(provider.Address);
        using var again = new HttpClient { BaseAddress = await ReadyAsync(second) };
        var stored = LinesInLog();
        Assert.InRange(stored, 30, 37);
        await AskAsync(again, 11, stop);
        var analysed = await ProcessMetrics.AtLeastAsync(AdminPort, "stillgate_analysis_exchanges_total", stored + 11, stop);
        second.Kill();
        await second.WaitForExitAsync(stop);

        // A count that went past would have stopped the wait too, and be seen here.
        Assert.Equal(stored + 11, analysed);
    }

    private Process Start(Uri provider)
    {
        var dll = typeof(GatewayHost).Assembly.Location;
        var config = _folder.File("stillgate.yaml");
        File.WriteAllText(config, $"""
            listen: http://127.0.0.1:0
            adminListen: http://127.0.0.1:{AdminPort}
            store: {_folder.File("store")}
            open: true
            providers:
              - name: fake
                url: {provider}
                dialects: [openai.chat]
                models: ["*"]
            """);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { dll, "up", "--config", config } };
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return process;
    }

    private static int AdminPort { get; } = ProcessMetrics.FreePort();

    private static async Task<Uri> ReadyAsync(Process process)
    {
        const string said = "stillgate: ready at ";
        while (await process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } line)
        {
            if (line.StartsWith(said, StringComparison.Ordinal))
            {
                return new Uri(line[said.Length..]);
            }
        }

        throw new InvalidOperationException("The gateway ended before it was ready.");
    }

    private static async Task AskAsync(HttpClient client, int times, CancellationToken stop)
    {
        for (var i = 0; i < times; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = JsonContent.Create(new { model = "m", messages = new[] { new { role = "user", content = "Why is the sky blue?" } } }) };
            request.Headers.Authorization = new("Bearer", "sk-test-key");
            using var response = await client.SendAsync(request, stop);
            Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync(stop));
        }
    }

    private long LinesInLog()
    {
        // The new process repaired the killed one's file before it said that it is ready; its own file is still empty.
        var problems = new List<LogProblem>();
        var count = new ExchangeLogReader(_folder.File("store/exchanges"), problems.Add).Read().LongCount();
        Assert.Empty(problems);
        return count;
    }
}
