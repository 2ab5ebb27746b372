using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Paced;

/// <summary>
/// Requests at a given rate, whatever the answers take: each is due at its own time, and its latency counts from then, not from when a connection was
/// free for it. Arrivals are spread as independent users' are (exponential gaps, seeded). One thread looks at every connection in turn and yields in between.
/// </summary>
internal sealed class RateClient
{
    private const int ConnectionCount = 64;
    private readonly Connection[] _connections;
    private readonly Queue<long> _due = new();
    private readonly List<int> _tookMicroseconds = [];

    private RateClient(Uri url, byte[] request) =>
        _connections = [.. Enumerable.Range(0, ConnectionCount).Select(_ => new Connection(url, request))];

    public static int Run(Uri url, string key, string bodyFile, int perSecond, int seconds)
    {
        var body = File.ReadAllBytes(bodyFile);
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {url.AbsolutePath} HTTP/1.1\r\nHost: {url.Authority}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n");
        var client = new RateClient(url, [.. Encoding.ASCII.GetBytes(head), .. body]);
        client.Send(perSecond, TimeSpan.FromSeconds(seconds));
        Array.ForEach(client._connections, connection => connection.Dispose());
        var took = client._tookMicroseconds.Skip(perSecond / 2).Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"RATE {took.Length} {At(took, 0.5)} {At(took, 0.9)} {At(took, 0.99)} {At(took, 0.999)}"));
        return 0;
    }

    private static int At(int[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];

    private void Send(int perSecond, TimeSpan duration)
    {
        // Seeded: every gateway gets the same arrivals.
        var random = new Random(1);
        var began = Stopwatch.GetTimestamp();
        var end = began + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        double next = began;
        for (long now; (now = Stopwatch.GetTimestamp()) < end;)
        {
            for (; next <= now; next += -Math.Log(1 - random.NextDouble()) * Stopwatch.Frequency / perSecond)
            {
                _due.Enqueue((long)next);
            }

            if (!Turn())
            {
                Thread.Yield();
            }
        }
    }

    /// <summary>Looks at every connection once; false where nothing was to be done.</summary>
    private bool Turn()
    {
        var any = false;
        foreach (var connection in _connections)
        {
            if (connection.IsBusy && connection.TryFinish(out var due))
            {
                _tookMicroseconds.Add((int)Stopwatch.GetElapsedTime(due).TotalMicroseconds);
                any = true;
            }

            if (!connection.IsBusy && _due.TryDequeue(out var first))
            {
                connection.Begin(first);
                any = true;
            }
        }

        return any;
    }

    private sealed class Connection : IDisposable
    {
        private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly byte[] _request;
        private readonly byte[] _answer = new byte[1 << 20];
        private int _length;
        private long _due;

        public Connection(Uri url, byte[] request)
        {
            _request = request;
            _socket.Connect(url.Host, url.Port);
            _socket.Blocking = false;
        }

        public bool IsBusy { get; private set; }

        public void Dispose() => _socket.Dispose();

        public void Begin(long due)
        {
            (_due, _length, IsBusy) = (due, 0, true);
            if (_socket.Send(_request) != _request.Length)
            {
                throw new InvalidOperationException("A request of a kilobyte does not fit a socket's buffer.");
            }
        }

        public bool TryFinish(out long due)
        {
            due = _due;
            var read = _socket.Receive(_answer.AsSpan(_length), SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
            {
                return false;
            }

            if (error != SocketError.Success || read == 0)
            {
                throw new InvalidOperationException("The connection was closed within an answer.");
            }

            _length += read;
            IsBusy = !IsWhole();
            return !IsBusy;
        }

        private bool IsWhole()
        {
            ReadOnlySpan<byte> answer = _answer.AsSpan(0, _length);
            var headEnd = answer.IndexOf("\r\n\r\n"u8);
            if (headEnd < 0)
            {
                return false;
            }

            var head = Encoding.ASCII.GetString(answer[..headEnd]);
            if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            {
                throw new InvalidOperationException(head.Split('\r')[0]);
            }

            var at = head.IndexOf("content-length:", StringComparison.OrdinalIgnoreCase);
            return at < 0
                ? answer.EndsWith("\r\n0\r\n\r\n"u8)
                : _length == headEnd + 4 + int.Parse(head.AsSpan(at + 15, head.AsSpan(at + 15).IndexOfAny("\r") is var line and >= 0 ? line : head.Length - at - 15), CultureInfo.InvariantCulture);
        }
    }
}
