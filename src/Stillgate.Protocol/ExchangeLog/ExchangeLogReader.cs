namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// Reads an exchange log in file order. A bad line is reported, counted and skipped. One exchange is in memory at a time.
/// </summary>
public sealed class ExchangeLogReader
{
    private readonly IReadOnlyList<string> _files;
    private readonly Action<LogProblem> _onProblem;

    // Written by whoever enumerates; the share is read by the same caller between two exchanges.
    private Stream? _raw;
    private long _bytesBefore;

    /// <summary>Creates a reader.</summary>
    /// <param name="path">A log file, or a folder of them.</param>
    /// <param name="onProblem">Called for each bad line.</param>
    /// <exception cref="LogFormatException">There is no such log.</exception>
    public ExchangeLogReader(string path, Action<LogProblem> onProblem)
    {
        _files = LogFiles.Expand(path);
        _onProblem = onProblem;
    }

    /// <summary>Lines that were read as exchanges so far.</summary>
    public long ExchangeCount { get; private set; }

    /// <summary>The share of the log's bytes that was read so far, 0 to 1, as the files are on disk: how far a long run is.</summary>
    public double ShareRead => Math.Min(1, (_bytesBefore + (_raw?.Position ?? 0)) / (double)Math.Max(1, _files.Sum(file => new FileInfo(file).Length)));

    /// <summary>Lines that were bad so far.</summary>
    public long ProblemCount { get; private set; }

    /// <summary>Reads every exchange.</summary>
    /// <returns>The exchanges in file order.</returns>
    /// <remarks>A compressed file that ends early, as one does that is being written or whose writer was killed, is a problem of its
    /// last line, not the end of the run.</remarks>
    /// <exception cref="LogFormatException">A file cannot be read, or its first 100 lines hold no exchange: it is not a log.</exception>
    public IEnumerable<ExchangeRecord> Read()
    {
        foreach (var file in _files)
        {
            foreach (var record in ReadFile(file))
            {
                ExchangeCount++;
                yield return record;
            }
        }
    }

    private IEnumerable<ExchangeRecord> ReadFile(string file)
    {
        const int linesToRecognise = 100;
        using var raw = LogFiles.OpenRaw(file);
        _raw = raw;
        using var splitter = new LineSplitter(LogFiles.Decompress(file, raw));
        long good = 0;
        while (TryNext(splitter, file, out var record))
        {
            if (record is not null)
            {
                good++;
                yield return record;
            }
            else if (good == 0 && splitter.LineNumber >= linesToRecognise)
            {
                throw NotALog(file);
            }
        }

        if (good == 0 && splitter.LineNumber > 0)
        {
            throw NotALog(file);
        }

        (_raw, _bytesBefore) = (null, _bytesBefore + raw.Position);
    }

    private static LogFormatException NotALog(string file) =>
        new($"{file}: not an exchange log: no line of it is an exchange of version 1");

    // Split from the iterator, which cannot hold a span across a yield.
    private bool TryNext(LineSplitter splitter, string file, out ExchangeRecord? record)
    {
        record = null;
        ReadOnlySpan<byte> line;
        try
        {
            if (!splitter.TryRead(out line))
            {
                return false;
            }
        }
        catch (Exception cause) when (splitter.LineNumber > 0 && cause is EndOfStreamException or InvalidDataException)
        {
            ProblemCount++;
            _onProblem(new LogProblem(file, splitter.LineNumber + 1, "", "expected the compressed file to go on; it is cut or still being written"));
            return false;
        }
        catch (Exception cause) when (LogFiles.IsReadFailure(cause))
        {
            throw new LogFormatException($"{file}:{splitter.LineNumber + 1}: cannot be read on from here: {cause.Message}", cause);
        }

        if (line.IsEmpty)
        {
            return true;
        }

        string field = "", expected = $"expected a line of at most {LineSplitter.LineBytesMax} bytes";
        if (splitter.TooLong || !ExchangeLine.TryParse(line, out record, out field, out expected))
        {
            ProblemCount++;
            _onProblem(new LogProblem(file, splitter.LineNumber, field, expected));
        }

        return true;
    }
}
