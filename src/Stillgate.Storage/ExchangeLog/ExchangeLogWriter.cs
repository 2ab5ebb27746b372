using System.Buffers;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Storage.ExchangeLog;

/// <summary>
/// Takes records from the queue, transforms them, writes them to rolling gzip files and shows them to the observers, in that order.
/// One thread does it all. Where writing fails, records are dropped and counted, one line is logged at each change of state, and
/// writing is tried again later; serving goes on.
/// </summary>
public sealed partial class ExchangeLogWriter : IDisposable
{
    private readonly ExchangeLogOptions _options;
    private readonly ChannelReader<ExchangeRecord> _records;
    private readonly IRecordTransform? _transform;
    private readonly IExchangeObserver[] _observers;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ExchangeLineWriter _lines = new();
    private readonly ArrayBufferWriter<byte> _block = new();
    private LogFile? _file;
    private long _sequence;
    private long _blockBegan;
    private int _blockRecords;
    private long _failedTimestamp;
    private int _isFailing;
    private long _written;
    private long _dropped;

    /// <summary>Creates the writer.</summary>
    /// <param name="options">Where and how to write.</param>
    /// <param name="records">The queue; this writer is its one reader.</param>
    /// <param name="transform">What takes content out of records, or null where the operator keeps content.</param>
    /// <param name="observers">Who sees each record after it was transformed.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Where changes of state are logged.</param>
    public ExchangeLogWriter(
        ExchangeLogOptions options,
        ChannelReader<ExchangeRecord> records,
        IRecordTransform? transform,
        IReadOnlyList<IExchangeObserver> observers,
        TimeProvider time,
        ILogger logger)
    {
        _options = options;
        _records = records;
        _transform = transform;
        _observers = [.. observers];
        _time = time;
        _logger = logger;
    }

    /// <summary>Records written, those of a block that still waits not counted.</summary>
    public long WrittenCount => Interlocked.Read(ref _written);

    /// <summary>Records dropped because they could not be written.</summary>
    public long DroppedCount => Interlocked.Read(ref _dropped);

    /// <summary>Whether the last write failed and records are being dropped.</summary>
    public bool IsFailing => Volatile.Read(ref _isFailing) == 1;

    /// <summary>
    /// The log's files as they stood when this writer opened the folder, oldest first: repaired, and never written to again. Every
    /// record in them was written by an earlier process, and none of this one's is.
    /// </summary>
    public IReadOnlyList<string> EarlierFiles { get; private set; } = [];

    /// <summary>Prepares the folder: keeps what a killed process left, and finds out whether it can be written to.</summary>
    public void Open()
    {
        try
        {
            Directory.CreateDirectory(_options.Folder);
            if (LogFile.Recover(_options.Folder) is { } left)
            {
                Log.FileRecovered(_logger, left.Name, left.CutBytes);
            }

            EarlierFiles = LogFile.List(_options.Folder);
            OpenFile();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _file?.Dispose();
        _lines.Dispose();
        _pause.Dispose();
    }

    private void Take(ExchangeRecord record)
    {
        var written = Transformed(record);
        if (written is null)
        {
            return;
        }

        if (_blockRecords == 0)
        {
            _blockBegan = _time.GetTimestamp();
        }

        _block.Write(_lines.Encode(written).Span);
        _blockRecords++;
        foreach (var observer in _observers)
        {
            Show(observer, written);
        }

        if (_block.WrittenCount >= _options.BlockBytesMax)
        {
            Flush();
        }
    }

    private ExchangeRecord? Transformed(ExchangeRecord record)
    {
        if (_transform is null)
        {
            return record;
        }

        try
        {
            return _transform.Transform(record);
        }
        catch (Exception fault)
        {
            // Content must not be written for want of a sketch, and one record must not stop the log. The message may quote it.
            Interlocked.Increment(ref _dropped);
            Log.TransformFailed(_logger, record.Id, fault.GetType().FullName!, fault.StackTrace);
            return null;
        }
    }

    private void Show(IExchangeObserver observer, ExchangeRecord record)
    {
        try
        {
            observer.OnExchange(record);
        }
        catch (Exception fault)
        {
            // An observer's defect is its own: the log goes on without it.
            Log.ObserverFailed(_logger, observer.GetType().Name, record.Id, fault.GetType().FullName!, fault.StackTrace);
        }
    }

    private void FlushIfDue()
    {
        if (_blockRecords > 0 && _time.GetElapsedTime(_blockBegan) >= _options.FlushInterval)
        {
            Flush();
        }
    }

    private void Flush()
    {
        if (_blockRecords == 0)
        {
            return;
        }

        var count = _blockRecords;
        try
        {
            if (IsFailing && _time.GetElapsedTime(_failedTimestamp) < _options.RetryInterval)
            {
                Interlocked.Add(ref _dropped, count);
                return;
            }

            RollIfDue();
            (_file ?? OpenFile()).Write(_block.WrittenSpan);
            Interlocked.Add(ref _written, count);
            Recovered();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Interlocked.Add(ref _dropped, count);
            Fail(failure);
        }
        finally
        {
            _block.ResetWrittenCount();
            _blockRecords = 0;
        }
    }

    private void RollIfDue()
    {
        if (_file is { } file && (file.Length >= _options.FileBytesMax || _time.GetElapsedTime(file.OpenedTimestamp) >= _options.FileAgeMax))
        {
            CloseFile();
        }
    }

    private LogFile OpenFile() =>
        _file = LogFile.Create(_options.Folder, _time.GetUtcNow(), ++_sequence, _time.GetTimestamp());

    private void CloseFile()
    {
        var file = _file;
        _file = null;
        try
        {
            file?.Close();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Fail(failure);
        }
        finally
        {
            file?.Dispose();
        }
    }

    private void Fail(Exception failure)
    {
        _failedTimestamp = _time.GetTimestamp();
        _file?.Dispose();
        _file = null;
        if (Interlocked.Exchange(ref _isFailing, 1) == 0)
        {
            Log.WritingFailed(_logger, _options.Folder, failure.Message);
        }
    }

    private void Recovered()
    {
        if (Interlocked.Exchange(ref _isFailing, 0) == 1)
        {
            Log.WritingResumed(_logger, _options.Folder, DroppedCount);
        }
    }
}
