namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// Cuts a stream into lines without decoding them. One line is in memory at a time; a line over
/// <see cref="LineBytesMax"/> is skipped to its end and reported as too long.
/// </summary>
public sealed class LineSplitter : IDisposable
{
    /// <summary>Longest line that is read: request bodies reach 128 MB, so a line may be somewhat longer.</summary>
    public const int LineBytesMax = 160 << 20;

    private readonly Stream _stream;
    private byte[] _buffer = new byte[1 << 18];
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Creates a splitter that owns the stream.</summary>
    /// <param name="stream">The bytes.</param>
    public LineSplitter(Stream stream) => _stream = stream;

    /// <summary>Number of the line that was read last, from 1.</summary>
    public long LineNumber { get; private set; }

    /// <summary>Whether the line that was read last was cut because it is longer than <see cref="LineBytesMax"/>.</summary>
    public bool TooLong { get; private set; }

    /// <summary>Reads the next line.</summary>
    /// <param name="line">The bytes without the line end; valid until the next call.</param>
    /// <returns>False at the end of the stream.</returns>
    public bool TryRead(out ReadOnlySpan<byte> line)
    {
        TooLong = false;
        var searched = _start;
        while (true)
        {
            var found = _buffer.AsSpan(searched, _end - searched).IndexOf((byte)'\n');
            if (found >= 0)
            {
                line = Take(searched + found, afterLine: searched + found + 1);
                return true;
            }

            if (_ended)
            {
                if (_start == _end)
                {
                    line = default;
                    return false;
                }

                line = Take(_end, afterLine: _end);
                return true;
            }

            searched = Fill();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _stream.Dispose();

    private ReadOnlySpan<byte> Take(int lineEnd, int afterLine)
    {
        var line = _buffer.AsSpan(_start, lineEnd - _start);
        _start = afterLine;
        LineNumber++;
        if (LineNumber == 1 && line.StartsWith("\uFEFF"u8))
        {
            line = line[3..];
        }

        return line.Length > 0 && line[^1] == (byte)'\r' ? line[..^1] : line;
    }

    /// <summary>Reads more bytes; returns where the search for the line end goes on.</summary>
    private int Fill()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= LineBytesMax)
            {
                // Keep the head only: the line's end is still looked for, its middle is dropped.
                TooLong = true;
                _end = 1;
            }
            else
            {
                Array.Resize(ref _buffer, _buffer.Length * 2);
            }
        }

        var searched = _end;
        var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        _ended = read == 0;
        _end += read;
        return searched;
    }
}
