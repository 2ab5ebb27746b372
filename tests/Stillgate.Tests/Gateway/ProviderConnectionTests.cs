using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Between two events the provider's connection itself is waited on. However an answer is cut and framed, nothing is waited for that is there already, and no end is missed.</summary>
public sealed class ProviderConnectionTests
{
    private const string Head = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
    private const string First = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n";
    private const string Second = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"two\"}}]}\n\n";
    private const string Done = "data: [DONE]\n\n";

    [Fact]
    public async Task Events_SeveralInOneSegment_AllReachTheClientBeforeMoreIsSent()
    {
        using var provider = new RawProvider();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        var (response, connection) = await BeginAsync(gateway, provider);
        using var reading = response;
        await using var body = await response.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);

        Send(connection, Chunk(First) + Chunk(Second));
        Assert.Equal(First + Second, await ReadAsync(body, First.Length + Second.Length));
        Send(connection, Chunk(First));
        Assert.Equal(First, await ReadAsync(body, First.Length));

        // A chunk in two halves, the cut within its own line.
        var chunk = Chunk(Second);
        Send(connection, chunk[..1]);
        Send(connection, chunk[1..]);
        Assert.Equal(Second, await ReadAsync(body, Second.Length));
        Send(connection, Chunk(Done));
        Send(connection, "0\r\n\r\n");
        Assert.Equal(Done, await ReadAsync(body, Done.Length));
        Assert.Equal(0, await body.ReadAsync(new byte[1], TestContext.Current.CancellationToken));
        Assert.Equal("complete", (await gateway.Records.NextAsync()).End);
    }

    // A server that leaves out carriage returns, one that sends a trailer, one that sends more than the end: all of them end, and the next answer is its own.
    [Theory]
    [InlineData("0\r\n\r\n")]
    [InlineData("0\n\n")]
    [InlineData("0\r\nx-note: one\r\n\r\n")]
    [InlineData("0\nx-note: one\n\r\n")]
    [InlineData("0\n\n\r\n")]
    public async Task Answer_EndsInItsOwnWay_EndsForTheClientAndTheNextIsWhole(string end)
    {
        using var provider = new RawProvider();
        await using var gateway = await RunningGateway.StartAsync(provider.Address);
        for (var i = 0; i < 2; i++)
        {
            var (response, connection) = await BeginAsync(gateway, provider);
            using var reading = response;
            Send(connection, Chunk(First));
            Send(connection, Chunk(Done) + end);

            Assert.Equal(First + Done, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.Equal("complete", (await gateway.Records.NextAsync()).End);
        }
    }

    private static async Task<(HttpResponseMessage Response, Socket Connection)> BeginAsync(RunningGateway gateway, RawProvider provider)
    {
        var answering = gateway.SendAsync(Samples.OpenAiPath, Samples.StreamRequest);
        var connection = await provider.NextRequestAsync();
        Send(connection, Head);
        return (await answering, connection);
    }

    private static async Task<string> ReadAsync(Stream body, int length)
    {
        var bytes = new byte[length];
        await body.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(bytes);
    }

    private static void Send(Socket connection, string text) => connection.Send(Encoding.ASCII.GetBytes(text));

    private static string Chunk(string text) => $"{text.Length:x}\r\n{text}\r\n";

    /// <summary>A provider of which the test writes every byte.</summary>
    private sealed class RawProvider : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly List<Socket> _connections = [];

        public RawProvider()
        {
            _listener.Start();
            Address = new Uri("http://" + _listener.LocalEndpoint);
        }

        public Uri Address { get; }

        /// <summary>The connection on which the next request has come, whole.</summary>
        public async Task<Socket> NextRequestAsync()
        {
            var request = new byte[16 << 10];
            var accepting = _listener.AcceptSocketAsync(TestContext.Current.CancellationToken).AsTask();
            var reused = _connections.Count > 0 ? _connections[^1].ReceiveAsync(request, TestContext.Current.CancellationToken).AsTask() : null;

            // A connection that was given up reads its end; then the request comes on another.
            if (reused is null || await Task.WhenAny(accepting, reused) == accepting || await reused == 0)
            {
                _connections.Add(await accepting);
                await _connections[^1].ReceiveAsync(request, TestContext.Current.CancellationToken);
            }

            return _connections[^1];
        }

        public void Dispose()
        {
            _connections.ForEach(connection => connection.Dispose());
            _listener.Dispose();
        }
    }
}
