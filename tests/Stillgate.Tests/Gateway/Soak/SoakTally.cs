using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;

namespace Stillgate.Tests.Gateway.Soak;

/// <summary>What the clients of a soak saw, and what of it must not be.</summary>
internal sealed class SoakTally
{
    private static readonly string Stream = Encoding.UTF8.GetString(Samples.OpenAiStream);
    private static readonly string WithoutUsage = string.Join("\n\n", Stream.Split("\n\n").Where(block => !block.Contains("\"usage\"", StringComparison.Ordinal)));
    private static readonly string Body = Encoding.UTF8.GetString(Samples.OpenAiBody);
    private readonly ConcurrentDictionary<string, long> _seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, long> _leftAt = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _wrong = [];
    private long _sent;
    private long _toldSlow;

    public ConcurrentDictionary<string, byte> Exchanges { get; } = new(StringComparer.Ordinal);

    public IEnumerable<string> Wrong => _wrong;

    public long SentCount => Interlocked.Read(ref _sent);

    public string Seen => string.Join(", ", _seen.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key} {pair.Value}"));

    public void Sent() => Interlocked.Increment(ref _sent);

    public void Broken(string fault)
    {
        Count("broken");
        if (fault is "json" or "stream" or "paced" or "status")
        {
            _wrong.Enqueue($"a sound answer ({fault}) looked broken");
        }
    }

    public void Left(string id, long at)
    {
        Count("left");
        _leftAt[id] = at;
    }

    public void Whole(string exchange, string fault, int status, string body)
    {
        Count(status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        Exchanges.TryAdd(exchange, 0);
        var isRefused = status is 401 or 502 or 504 && body.Contains("\"code\":", StringComparison.Ordinal);
        var isRight = isRefused || fault switch
        {
            "json" => body == Body,

            // The client did not ask for the usage chunk; where a budget made the gateway ask, the client does not get it.
            "stream" or "paced" => body == Stream || body == WithoutUsage || IsToldSlow(body),
            "status" => status == 503,

            // Either told in words or broken; never an end that looks whole.
            "stall" => body.Contains("\"code\":\"stream_stalled\"", StringComparison.Ordinal),
            "error-event" => body.Contains("overloaded", StringComparison.Ordinal),
            _ => false,
        };
        if (!isRight)
        {
            _wrong.Enqueue($"{fault} ended cleanly with {status} and {body.Length} bytes, the last of them {body[^Math.Min(160, body.Length)..]}");
        }
    }

    /// <summary>Sound streams that the gateway gave up in words, because nothing came for as long as a gap may last: the machine was that busy.</summary>
    public long ToldSlowCount => Interlocked.Read(ref _toldSlow);

    // What came must be what was sent, and the end must say that it is none.
    private bool IsToldSlow(string body)
    {
        var told = body.LastIndexOf("data: ", StringComparison.Ordinal);
        var isTold = told >= 0 && body.AsSpan(told).Contains("\"code\":\"stream_stalled\"", StringComparison.Ordinal) && Stream.StartsWith(body[..told].TrimEnd('\n'), StringComparison.Ordinal);
        if (isTold)
        {
            Interlocked.Increment(ref _toldSlow);
        }

        return isTold;
    }

    /// <summary>Time from a client's leaving to the provider's learning of it, shortest first, in milliseconds.</summary>
    public List<double> AbortMilliseconds(SoakProvider provider) =>
    [
        .. _leftAt.Where(left => provider.LeftAt.ContainsKey(left.Key))
            .Select(left => Math.Max(0, Stopwatch.GetElapsedTime(left.Value, provider.LeftAt[left.Key]).TotalMilliseconds))
            .Order(),
    ];

    private void Count(string what) => _seen.AddOrUpdate(what, 1, static (_, count) => count + 1);
}
