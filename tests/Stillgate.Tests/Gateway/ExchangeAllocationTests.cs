using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Stillgate.Gateway.Budgets;
using Stillgate.Protocol.ExchangeLog;
using Xunit;
using Yarp.ReverseProxy.Forwarder;

namespace Stillgate.Tests.Gateway;

/// <summary>
/// What a whole JSON exchange allocates, recording included, beyond what YARP's forwarder allocates for the same one. Both serve in this process; client
/// and provider allocate nothing. The whole process is counted, so it is one of its own. Even so processes differ, by what the runtime found out to keep on the stack: fourteen
/// came to 2,918 to 3,891 bytes.
/// </summary>
[Collection(nameof(ExchangeAllocationTests))]
public sealed class ExchangeAllocationTests
{
    private const int Repeats = 1500;

    // Code that is not compiled in full yet allocates what it later keeps on the stack.
    private const int WarmUps = 10;
    private const int QuietRounds = 20;
    private const string InOwnProcess = "STILLGATE_ALLOCATION_PROCESS";

    [Fact]
    public async Task JsonExchange_EverythingOn_StaysWithinItsBudgetBeyondTheForwarder()
    {
        if (Environment.GetEnvironmentVariable(InOwnProcess) is null)
        {
            await RunInOwnProcessAsync();
            return;
        }

        using var provider = new FixedProvider(Samples.OpenAiBody);
        long bare;
        await using (var app = await BareAsync(provider.Address))
        {
            bare = PerExchange(new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()), "none", () => { });
        }

        using var recorded = new CountingObserver();
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address,
            options => options with { Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), Requests = 1 << 30, OutputTokens = 1 << 30 }] },
            host => host with { KeepContent = false, Observers = [recorded] });
        var whole = PerExchange(gateway.Host.Address, gateway.Key, recorded.WaitForAll);

        AllocationTests.Within("json exchange beyond the forwarder's", whole - bare);
    }

    // The runtime's client would make an object for each wait; the stages, the tap and the usage filter make none either. What is left is the text that grows.
    [Fact]
    public async Task Stream_EventsOneByOne_StaysWithinItsBudget()
    {
        if (Environment.GetEnvironmentVariable(InOwnProcess) is null)
        {
            await RunInOwnProcessAsync();
            return;
        }

        using var provider = new PacedProvider();
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address, options => options with { Budgets = [new BudgetOptions { Window = TimeSpan.FromDays(1), OutputTokens = 1 << 30 }] });
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Connect(client, gateway.Host.Address);
        var body = Encoding.UTF8.GetBytes(Samples.StreamRequest);
        client.Send([.. Encoding.ASCII.GetBytes($"POST {Samples.OpenAiPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {gateway.Key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body]);
        provider.Accept();
        var got = new byte[16 << 10];
        void Events()
        {
            for (var i = 0; i < Repeats; i++)
            {
                provider.SendEvent();
                while (!got.AsSpan(0, client.Receive(got)).EndsWith("\n\n\r\n"u8))
                {
                }
            }
        }

        var least = LeastOf(Events, warmUps: WarmUps);
        provider.End();
        AllocationTests.Within("event of a paced stream", least);
    }

    private static async Task RunInOwnProcessAsync([CallerMemberName] string test = "")
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, ArgumentList = { typeof(ExchangeAllocationTests).Assembly.Location, "-method", $"{typeof(ExchangeAllocationTests).FullName}.{test}" } };
        start.Environment[InOwnProcess] = "1";
        using var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0 && said.Contains("Total: 1,", StringComparison.Ordinal), said);
    }

    private static async Task<WebApplication> BareAsync(Uri provider)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddHttpForwarder().AddLogging();
        var app = builder.Build();
        var client = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, UseCookies = false, ActivityHeadersPropagator = null });
        var forwarder = app.Services.GetRequiredService<IHttpForwarder>();
        app.Run(async context => await forwarder.SendAsync(context, provider.AbsoluteUri, client, ForwarderRequestConfig.Empty, HttpTransformer.Empty));
        await app.StartAsync();
        return app;
    }

    private static long PerExchange(Uri gateway, string key, Action settle)
    {
        var body = Encoding.UTF8.GetBytes(Samples.Request);
        byte[] request = [.. Encoding.ASCII.GetBytes($"POST {Samples.OpenAiPath} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        Connect(socket, gateway);
        var answer = new byte[16 << 10];
        void Exchange()
        {
            for (var i = 0; i < Repeats; i++)
            {
                socket.Send(request);
                var length = 0;
                do
                {
                    length += socket.Receive(answer.AsSpan(length));
                }
                while (!answer.AsSpan(0, length).EndsWith(Samples.OpenAiBody) && !answer.AsSpan(0, length).EndsWith("\r\n0\r\n\r\n"u8));
            }
        }

        return LeastOf(
            () =>
            {
                Exchange();
                settle();
            },
            WarmUps);
    }

    // Without a task: a socket that was once used asynchronously makes an object for each wait.
    private static void Connect(Socket socket, Uri to) => socket.Connect(to.Host, to.Port);

    private static long LeastOf(Action round, int warmUps)
    {
        for (var i = 0; i < warmUps; i++)
        {
            round();
        }

        // The whole process is counted, and whatever else still runs in it only adds; on a busy machine the runtime compiles late. So the exchange's own is what so many rounds
        // in a row have not fallen below.
        var least = long.MaxValue;
        for (var i = 0; i < QuietRounds; i++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            round();
            var each = (GC.GetTotalAllocatedBytes(precise: true) - before) / Repeats;
            if (each < least)
            {
                (least, i) = (each, 0);
            }
        }

        return least;
    }

    /// <summary>Waits until every exchange is recorded, and allocates nothing meanwhile.</summary>
    private sealed class CountingObserver : IExchangeObserver, IDisposable
    {
        private readonly ManualResetEventSlim _all = new();
        private int _count;

        public void OnExchange(ExchangeRecord record)
        {
            if (++_count % Repeats == 0)
            {
                _all.Set();
            }
        }

        public void WaitForAll()
        {
            Assert.True(_all.Wait(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
            _all.Reset();
        }

        public void Dispose() => _all.Dispose();
    }

    /// <summary>Answers one request with a stream of which each event is sent when it is asked for.</summary>
    private sealed class PacedProvider : IDisposable
    {
        private static readonly byte[] Event = Chunk("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"},\"finish_reason\":null}],\"usage\":null}\n\n");
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private Socket? _socket;

        public PacedProvider()
        {
            _listener.Start();
            Address = new Uri("http://" + _listener.LocalEndpoint);
        }

        public Uri Address { get; }

        public void Accept()
        {
            _socket = _listener.AcceptSocket();
            _socket.Receive(new byte[16 << 10]);
            _socket.Send("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"u8);
        }

        public void SendEvent() => _socket!.Send(Event);

        public void End() => _socket!.Send([.. Chunk("data: [DONE]\n\n"), .. "0\r\n\r\n"u8]);

        public void Dispose()
        {
            _socket?.Dispose();
            _listener.Dispose();
        }

        private static byte[] Chunk(string text) => Encoding.ASCII.GetBytes($"{text.Length:x}\r\n{text}\r\n");
    }

    /// <summary>Answers each request of each connection with the same bytes.</summary>
    private sealed class FixedProvider : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;

        public FixedProvider(byte[] body)
        {
            _answer = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n"), .. body];
            _listener.Start();
            Address = new Uri("http://" + _listener.LocalEndpoint);
            new Thread(Accept) { IsBackground = true }.Start();
        }

        public Uri Address { get; }

        public void Dispose() => _listener.Dispose();

        private void Accept()
        {
            try
            {
                while (true)
                {
                    var socket = _listener.AcceptSocket();
                    new Thread(() => Serve(socket)) { IsBackground = true }.Start();
                }
            }
            catch (SocketException)
            {
                // Disposed: the test is over.
            }
        }

        private void Serve(Socket socket)
        {
            var request = new byte[16 << 10];
            var end = Encoding.UTF8.GetBytes(Samples.Request);
            var length = 0;
            int read;
            while ((read = socket.Receive(request.AsSpan(length))) > 0)
            {
                length += read;
                if (request.AsSpan(0, length).EndsWith(end))
                {
                    length = 0;
                    socket.Send(_answer);
                }
            }

            socket.Dispose();
        }
    }
}
