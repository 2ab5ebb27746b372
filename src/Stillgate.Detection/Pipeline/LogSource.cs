using System.Collections.Concurrent;
using System.Threading.Channels;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>
/// Reads a log and gives its batches back in file order: one task cuts lines, several parse and sketch, the caller consumes. At most so
/// many batches as are allowed are under way; with one, hardly more than a core is used.
/// </summary>
internal sealed class LogSource(IReadOnlyList<string> files, SketchKey key, int batchesMax)
{
    /// <summary>Batches under way where the machine has nothing else to do.</summary>
    public const int EveryCore = 8;

    private const int LinesToRecognise = 100;
    private readonly ConcurrentBag<ExchangeSketcher> _sketchers = [];

    /// <summary>Size of the log on disk, for progress.</summary>
    public long BytesTotal => files.Sum(file => new FileInfo(file).Length);

    /// <summary>Passes over what a checkpoint has; reads from the beginning where nobody sets it.</summary>
    public LineSkip Skip { get; init; } = new(from: null);

    /// <summary>Reads the log.</summary>
    /// <exception cref="LogFormatException">A file cannot be read, or is not an exchange log.</exception>
    public async IAsyncEnumerable<LineBatch> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var channel = Channel.CreateBounded<Task<LineBatch>>(new BoundedChannelOptions(batchesMax) { SingleReader = true, SingleWriter = true });
        var reading = Task.Run(() => CutAsync(channel.Writer, stop.Token), CancellationToken.None);
        var recognised = new Recognition();
        try
        {
            await foreach (var task in channel.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
            {
                var batch = await task.ConfigureAwait(false);
                recognised.Check(batch);
                yield return batch;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var sketcher in _sketchers)
            {
                sketcher.Dispose();
            }
        }

        await reading.ConfigureAwait(false);
    }

    private async Task CutAsync(ChannelWriter<Task<LineBatch>> writer, CancellationToken cancellation)
    {
        try
        {
            long before = 0;
            foreach (var file in files)
            {
                await CutFileAsync(file, before, writer, cancellation).ConfigureAwait(false);
                before += new FileInfo(file).Length;
            }

            writer.Complete();
        }
        catch (Exception failure) when (failure is LogFormatException or LogChangedException or OperationCanceledException)
        {
            writer.Complete(failure);
        }
    }

    private async Task CutFileAsync(string file, long bytesBefore, ChannelWriter<Task<LineBatch>> writer, CancellationToken cancellation)
    {
        var counted = new CountingStream(LogFiles.OpenRaw(file));
        using var splitter = new LineSplitter(LogFiles.Decompress(file, counted));
        while (true)
        {
            var batch = new LineBatch(file);
            batch.EndsFile = !Fill(batch, splitter);
            batch.End = (Skip.Lines, Skip.Hash);
            batch.BytesRead = bytesBefore + counted.BytesRead;
            await writer.WriteAsync(Task.Run(() => Process(batch), cancellation), cancellation).ConfigureAwait(false);
            if (batch.EndsFile)
            {
                return;
            }
        }
    }

    private bool Fill(LineBatch batch, LineSplitter splitter)
    {
        try
        {
            while (!batch.IsFull)
            {
                if (!splitter.TryRead(out var line))
                {
                    return false;
                }

                if (!line.IsEmpty && !Skip.Skips(line))
                {
                    batch.Add(line, splitter.LineNumber, splitter.TooLong);
                }
            }

            return true;
        }
        catch (Exception cause) when (splitter.LineNumber > 0 && cause is EndOfStreamException or InvalidDataException)
        {
            // A file that a gateway is still writing, or was killed over: what was read of it counts.
            batch.Problems.Add(new LogProblem(batch.File, splitter.LineNumber + 1, "", "expected the compressed file to go on; it is cut or still being written"));
            return false;
        }
        catch (Exception cause) when (LogFiles.IsReadFailure(cause))
        {
            throw new LogFormatException($"{batch.File}:{splitter.LineNumber + 1}: cannot be read on from here: {cause.Message}", cause);
        }
    }

    private LineBatch Process(LineBatch batch)
    {
        if (!_sketchers.TryTake(out var sketcher))
        {
            sketcher = new ExchangeSketcher(key);
        }

        batch.Process(sketcher);
        _sketchers.Add(sketcher);
        return batch;
    }

    /// <summary>Tells a log with bad lines from a file that is none.</summary>
    private sealed class Recognition
    {
        private string? _file;
        private long _good;
        private long _bad;

        public void Check(LineBatch batch)
        {
            if (_file != batch.File)
            {
                (_file, _good, _bad) = (batch.File, 0, 0);
            }

            _good += batch.Exchanges.Count + batch.PassedOver;
            _bad += batch.Problems.Count;
            if (_good == 0 && (_bad >= LinesToRecognise || (batch.EndsFile && _bad > 0)))
            {
                throw new LogFormatException($"{batch.File}: not an exchange log: no line of it is an exchange of version 1");
            }
        }
    }
}
