using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>Sorts sketched exchanges by time, then by arrival, in runs on disk: an external merge sort with bounded memory.</summary>
internal sealed class ExchangeSorter : IDisposable
{
    private const int RunLength = 200_000;
    private readonly string _folder = Directory.CreateTempSubdirectory("stillgate-sort-").FullName;
    private readonly List<(SketchedExchange Exchange, long Number)> _run = new(RunLength);
    private readonly List<string> _files = [];

    /// <summary>Exchanges added.</summary>
    public long Count { get; private set; }

    public void Add(SketchedExchange exchange)
    {
        _run.Add((exchange, Count++));
        if (_run.Count == RunLength)
        {
            Spill();
        }
    }

    /// <summary>Gives every exchange, oldest first.</summary>
    public IEnumerable<SketchedExchange> InOrder()
    {
        if (_run.Count > 0)
        {
            Spill();
        }

        var queue = new PriorityQueue<BinaryReader, (long AtMs, long Number)>();
        var readers = new List<BinaryReader>();
        try
        {
            foreach (var file in _files)
            {
                var reader = new BinaryReader(new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.None, bufferSize: 1 << 16));
                readers.Add(reader);
                Enqueue(queue, reader);
            }

            while (queue.TryDequeue(out var reader, out var key))
            {
                var exchange = StoredExchange.Read(reader, key.AtMs);
                Enqueue(queue, reader);
                yield return exchange;
            }
        }
        finally
        {
            readers.ForEach(reader => reader.Dispose());
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static void Enqueue(PriorityQueue<BinaryReader, (long AtMs, long Number)> queue, BinaryReader reader)
    {
        if (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            queue.Enqueue(reader, (reader.ReadInt64(), reader.ReadInt64()));
        }
    }

    private void Spill()
    {
        _run.Sort((left, right) => (left.Exchange.AtMs, left.Number).CompareTo((right.Exchange.AtMs, right.Number)));
        var file = Path.Combine(_folder, $"{_files.Count}.run");
        using (var writer = new BinaryWriter(new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16)))
        {
            foreach (var (exchange, number) in _run)
            {
                writer.Write(exchange.AtMs);
                writer.Write(number);
                StoredExchange.Write(writer, exchange);
            }
        }

        _files.Add(file);
        _run.Clear();
    }
}
