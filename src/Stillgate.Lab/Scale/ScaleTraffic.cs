using System.Threading.Channels;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Scale;

/// <summary>
/// Composes and sketches a population on every core, a part of the accounts each, and gives the exchanges back in the order of time. No
/// text is written anywhere; at most some thousands of exchanges wait.
/// </summary>
internal sealed class ScaleTraffic(TrafficSimulator simulator, int partCount)
{
    private const int BatchSize = 1_024;
    private const int BatchesWaitingMax = 4;

    /// <summary>The exchanges of all parts, oldest first; equal times in the order of the parts.</summary>
    public async IAsyncEnumerable<SketchedExchange> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var parts = Enumerable.Range(0, partCount).Select(part => new Part(simulator, part, partCount, stop.Token)).ToArray();
        var queue = new PriorityQueue<Part, (long AtMs, int Number)>();
        try
        {
            foreach (var part in parts)
            {
                await EnqueueNextAsync(queue, part, cancellation).ConfigureAwait(false);
            }

            while (queue.TryDequeue(out var part, out _))
            {
                yield return part.Current;
                await EnqueueNextAsync(queue, part, cancellation).ConfigureAwait(false);
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            foreach (var part in parts)
            {
                await part.Composing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private static async ValueTask EnqueueNextAsync(PriorityQueue<Part, (long AtMs, int Number)> queue, Part part, CancellationToken cancellation)
    {
        if (await part.MoveNextAsync(cancellation).ConfigureAwait(false))
        {
            queue.Enqueue(part, (part.Current.AtMs, part.Number));
        }
    }

    /// <summary>One share of the accounts, composed on a task of its own.</summary>
    private sealed class Part
    {
        private readonly Channel<List<SketchedExchange>> _batches =
            Channel.CreateBounded<List<SketchedExchange>>(new BoundedChannelOptions(BatchesWaitingMax) { SingleReader = true, SingleWriter = true });

        private List<SketchedExchange> _batch = [];
        private int _next;

        public Part(TrafficSimulator simulator, int number, int partCount, CancellationToken stop)
        {
            Number = number;
            Composing = Task.Run(() => ComposeAsync(simulator, number, partCount, stop), CancellationToken.None);
        }

        public int Number { get; }

        public Task Composing { get; }

        public SketchedExchange Current => _batch[_next - 1];

        public async ValueTask<bool> MoveNextAsync(CancellationToken cancellation)
        {
            while (_next == _batch.Count)
            {
                if (!await _batches.Reader.WaitToReadAsync(cancellation).ConfigureAwait(false))
                {
                    return false;
                }

                if (_batches.Reader.TryRead(out var batch))
                {
                    (_batch, _next) = (batch, 0);
                }
            }

            _next++;
            return true;
        }

        private async Task ComposeAsync(TrafficSimulator simulator, int number, int partCount, CancellationToken stop)
        {
            try
            {
                using var sketcher = new ExchangeSketcher(SketchKey.Public);
                var batch = new List<SketchedExchange>(BatchSize);
                foreach (var record in simulator.Exchanges(number, partCount))
                {
                    var exchange = new SketchedExchange();
                    if (ExchangeReading.TryRead(record, sketcher, exchange))
                    {
                        batch.Add(exchange);
                    }

                    if (batch.Count == BatchSize)
                    {
                        await _batches.Writer.WriteAsync(batch, stop).ConfigureAwait(false);
                        batch = new List<SketchedExchange>(BatchSize);
                    }
                }

                await _batches.Writer.WriteAsync(batch, stop).ConfigureAwait(false);
                _batches.Writer.Complete();
            }
            catch (Exception failure)
            {
                // The reader waits for this part: it must learn why there is no more.
                _batches.Writer.Complete(failure);
                throw;
            }
        }
    }
}
