using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>
/// Exchanges that wait, in order, in a file that is gone when it is closed: however many arrive while a stored log is being read, the
/// memory that they take is one buffer. Written by one thread, then read once by one.
/// </summary>
public sealed class HeldExchanges : IDisposable
{
    private readonly FileStream _stream;
    private readonly BinaryWriter _writer;

    /// <summary>Creates an empty file.</summary>
    /// <param name="folder">Folder of the file: the store's, so that what it holds stands where the log stands.</param>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public HeldExchanges(string folder)
    {
        var options = PrivateFile.Options(FileMode.CreateNew, FileAccess.ReadWrite);
        (options.Options, options.BufferSize) = (FileOptions.DeleteOnClose, 1 << 16);
        _stream = new FileStream(Path.Combine(folder, $"held-{Path.GetRandomFileName()}.tmp"), options);
        _writer = new BinaryWriter(_stream);
    }

    /// <summary>Exchanges added.</summary>
    public long Count { get; private set; }

    /// <summary>Adds an exchange.</summary>
    /// <param name="exchange">The exchange; it is copied.</param>
    public void Add(SketchedExchange exchange)
    {
        _writer.Write(exchange.AtMs);
        StoredExchange.Write(_writer, exchange);
        Count++;
    }

    /// <summary>Gives back every exchange, first in, first out. Nothing may be added after this.</summary>
    /// <returns>The exchanges; each is the caller's.</returns>
    public IEnumerable<SketchedExchange> Read()
    {
        _writer.Flush();
        _stream.Position = 0;
        using var reader = new BinaryReader(_stream, System.Text.Encoding.UTF8, leaveOpen: true);
        for (long i = 0; i < Count; i++)
        {
            yield return StoredExchange.Read(reader, reader.ReadInt64());
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writer.Dispose();
}
