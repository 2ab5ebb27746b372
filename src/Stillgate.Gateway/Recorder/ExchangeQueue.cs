using System.Threading.Channels;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Gateway.Recorder;

/// <summary>
/// The bounded queue between the live path and whatever writes and analyses records. When it is full, the newest record is
/// dropped and counted: serving goes on, and the order of what is kept stays whole.
/// </summary>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "It is a queue.")]
public sealed class ExchangeQueue : IExchangeSink
{
    private readonly Channel<ExchangeRecord> _channel;
    private readonly int _capacity;
    private long _dropped;

    /// <summary>Creates a queue.</summary>
    /// <param name="capacity">Most records that wait; at least 1.</param>
    public ExchangeQueue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        _capacity = capacity;

        // Wait mode with TryWrite refuses when full; the Drop modes would drop without telling.
        _channel = Channel.CreateBounded<ExchangeRecord>(new BoundedChannelOptions(capacity)
        {
            FullMode = BoundedChannelFullMode.Wait,
            SingleReader = true,
            AllowSynchronousContinuations = false,
        });
    }

    /// <summary>The records, in the order in which exchanges ended. One reader.</summary>
    public ChannelReader<ExchangeRecord> Reader => _channel.Reader;

    /// <summary>Records dropped because the queue was full or closed.</summary>
    public long DroppedCount => Interlocked.Read(ref _dropped);

    /// <inheritdoc/>
    public bool IsAccepting => _channel.Reader.Count < _capacity && !_channel.Reader.Completion.IsCompleted;

    /// <inheritdoc/>
    public bool TryWrite(ExchangeRecord record)
    {
        if (_channel.Writer.TryWrite(record))
        {
            return true;
        }

        Interlocked.Increment(ref _dropped);
        return false;
    }

    /// <summary>Closes the queue: what waits is still read, nothing more is taken.</summary>
    public void Complete() => _channel.Writer.TryComplete();
}
