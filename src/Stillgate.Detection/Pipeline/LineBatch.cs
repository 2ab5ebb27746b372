using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>A run of lines of one file on its way from the reader, through a parser, to the engine.</summary>
internal sealed class LineBatch(string file)
{
    /// <summary>A batch is handed on when it holds so many lines.</summary>
    public const int LinesMax = 1024;

    /// <summary>Or so many bytes, so that long prompts do not pile up.</summary>
    public const int BytesMax = 1 << 20;

    private readonly List<(int Start, int Length, long Number, bool TooLong)> _lines = new(LinesMax);
    private byte[] _bytes = new byte[1 << 17];
    private int _used;

    public string File { get; } = file;

    public List<SketchedExchange> Exchanges { get; } = new(LinesMax);

    public List<LogProblem> Problems { get; } = [];

    /// <summary>Good lines that are no business of the analysis.</summary>
    public int PassedOver { get; private set; }

    /// <summary>Bytes read of the log so far, for progress.</summary>
    public long BytesRead { get; set; }

    /// <summary>Lines of the log up to the end of this batch, and the hash of them.</summary>
    public (long Lines, ulong Hash) End { get; set; }

    /// <summary>Whether the file ends with this batch.</summary>
    public bool EndsFile { get; set; }

    public bool IsFull => _lines.Count >= LinesMax || _used >= BytesMax;

    public int LineCount => _lines.Count;

    public void Add(ReadOnlySpan<byte> line, long number, bool tooLong)
    {
        if (_used + line.Length > _bytes.Length)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _used + line.Length));
        }

        line.CopyTo(_bytes.AsSpan(_used));
        _lines.Add((_used, line.Length, number, tooLong));
        _used += line.Length;
    }

    /// <summary>Parses and sketches every line.</summary>
    public void Process(ExchangeSketcher sketcher)
    {
        foreach (var (start, length, number, tooLong) in _lines)
        {
            string field = "", expected = $"expected a line of at most {LineSplitter.LineBytesMax} bytes";
            ExchangeRecord? record = null;
            if (tooLong || !ExchangeLine.TryParse(_bytes.AsSpan(start, length), out record, out field, out expected))
            {
                Problems.Add(new LogProblem(File, number, field, expected));
                continue;
            }

            if (!ExchangeReading.IsAnalysed(record!))
            {
                PassedOver++;
                continue;
            }

            var exchange = new SketchedExchange();
            if (ExchangeReading.TryRead(record!, sketcher, exchange))
            {
                Exchanges.Add(exchange);
            }
            else
            {
                Problems.Add(new LogProblem(File, number, "sketch", "expected a sketch of a layout that this build reads"));
            }
        }

        // The bytes are done with: only sketches go on.
        _bytes = [];
        _lines.Clear();
    }
}
