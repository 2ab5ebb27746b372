using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Stillgate.Gateway.Recorder;

/// <summary>
/// Counts ended exchanges for Prometheus. Every label is of a closed set of ours (dialect, end, side of tokens): a client can put
/// no name of its own into a label, and so cannot grow them without bound.
/// </summary>
internal sealed class ExchangeCounters
{
    private static readonly double[] Buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];
    private readonly ConcurrentDictionary<(string Dialect, ExchangeEnd End), long> _ended = new();
    private readonly ConcurrentDictionary<(string Dialect, string Side), long> _tokens = new();
    private readonly long[] _durations = new long[Buckets.Length + 1];
    private long _durationMicroseconds;

    public void Count(string dialect, ExchangeEnd end, TimeSpan duration, long inputTokens, long outputTokens)
    {
        _ended.AddOrUpdate((dialect, end), 1, static (_, count) => count + 1);
        Add((dialect, "input"), inputTokens);
        Add((dialect, "output"), outputTokens);

        // Counted for every exchange: what captures a duration or a count would allocate.
        var bucket = 0;
        while (bucket < Buckets.Length && duration.TotalSeconds > Buckets[bucket])
        {
            bucket++;
        }

        Interlocked.Increment(ref _durations[bucket]);
        Interlocked.Add(ref _durationMicroseconds, (long)duration.TotalMicroseconds);
    }

    public void Write(StringBuilder into)
    {
        Head(into, "stillgate_exchanges_total", "counter", "Exchanges that ended, by dialect and how.");
        foreach (var ((dialect, end), count) in _ended)
        {
            into.Append(CultureInfo.InvariantCulture, $"stillgate_exchanges_total{{dialect=\"{dialect}\",end=\"{ExchangeEndWords.Of(end)}\"}} {count}\n");
        }

        Head(into, "stillgate_tokens_total", "counter", "Tokens as providers counted them, by dialect and side.");
        foreach (var ((dialect, side), count) in _tokens)
        {
            into.Append(CultureInfo.InvariantCulture, $"stillgate_tokens_total{{dialect=\"{dialect}\",side=\"{side}\"}} {count}\n");
        }

        Head(into, "stillgate_exchange_duration_seconds", "histogram", "Time from a request's arrival to its end.");
        long total = 0;
        for (var i = 0; i < _durations.Length; i++)
        {
            total += Interlocked.Read(ref _durations[i]);
            var most = i < Buckets.Length ? Buckets[i].ToString(CultureInfo.InvariantCulture) : "+Inf";
            into.Append(CultureInfo.InvariantCulture, $"stillgate_exchange_duration_seconds_bucket{{le=\"{most}\"}} {total}\n");
        }

        into.Append(CultureInfo.InvariantCulture, $"stillgate_exchange_duration_seconds_sum {Interlocked.Read(ref _durationMicroseconds) / 1e6}\n");
        into.Append(CultureInfo.InvariantCulture, $"stillgate_exchange_duration_seconds_count {total}\n");
    }

    public static void Gauge(StringBuilder into, string name, string kind, string help, double value)
    {
        Head(into, name, kind, help);
        into.Append(CultureInfo.InvariantCulture, $"{name} {value}\n");
    }

    private static void Head(StringBuilder into, string name, string kind, string help) =>
        into.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {kind}\n");

    private void Add((string Dialect, string Side) key, long tokens)
    {
        if (tokens > 0)
        {
            _tokens.AddOrUpdate(key, static (_, more) => more, static (_, count, more) => count + more, tokens);
        }
    }
}
