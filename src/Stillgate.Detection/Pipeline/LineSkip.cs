using System.IO.Hashing;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>Passes over the lines that a checkpoint has, and makes sure that they are the same ones; and hashes what is read after them.</summary>
internal sealed class LineSkip
{
    private readonly LogPosition? _from;
    private readonly XxHash3 _hash = new();
    private string? _lastSkipped;

    /// <param name="from">Where to go on, or null for the beginning.</param>
    public LineSkip(LogPosition? from) => (_from, IsPast) = (from, from is null or { Lines: 0 });

    /// <summary>Lines passed over and taken so far.</summary>
    public long Lines { get; private set; }

    /// <summary>Whether every line from now on is new.</summary>
    public bool IsPast { get; private set; }

    /// <summary>Hash of all lines so far.</summary>
    public ulong Hash => _hash.GetCurrentHashAsUInt64();

    /// <summary>Looks at the next line of the log.</summary>
    /// <returns>Whether the checkpoint has it.</returns>
    /// <exception cref="LogChangedException">The lines are not those of the checkpoint.</exception>
    public bool Skips(ReadOnlySpan<byte> line)
    {
        _hash.Append(line);
        _hash.Append("\n"u8);
        Lines++;
        if (IsPast)
        {
            return false;
        }

        if (Lines == _from!.Lines)
        {
            _lastSkipped = ExchangeLine.TryParse(line, out var record, out _, out _) ? record!.Id : null;
            Check();
            IsPast = true;
        }

        return true;
    }

    private void Check()
    {
        if (_from!.LinesHash is { } hash && hash != Hash)
        {
            throw new LogChangedException($"the first {_from.Lines} lines of the log are not those of the checkpoint");
        }

        if (_from.LastExchange is { } last && last != _lastSkipped)
        {
            throw new LogChangedException($"line {_from.Lines} of the log is not the exchange that the checkpoint ends with");
        }
    }
}
