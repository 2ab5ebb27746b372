using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Replay;

/// <summary>
/// Sends an exchange log as real HTTP requests: the recorded spacing divided by the speed, each account's requests in order, the
/// number under way bounded, streams read to their end. One run at a time.
/// </summary>
/// <param name="client">Sends; the caller owns it. Its timeout is the limit of one request.</param>
/// <param name="options">How to send.</param>
/// <param name="time">The clock that spaces the requests.</param>
public sealed class ReplayRunner(HttpClient client, ReplayOptions options, TimeProvider time)
{
    private const int LaneQueueMax = 32;
    private const int ReportEvery = 100;
    private readonly long[] _byStatus = new long[600];
    private long _sent;
    private long _failed;
    private long _skipped;
    private DateTimeOffset _at;

    /// <summary>Sends a log.</summary>
    /// <param name="log">The exchanges in the order of time; read lazily.</param>
    /// <param name="progress">Told now and then, from several threads; or null.</param>
    /// <param name="stop">Ends the run; requests under way are abandoned.</param>
    /// <returns>What became of the requests.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was asked for.</exception>
    public async Task<ReplayOutcome> RunAsync(IEnumerable<ExchangeRecord> log, IProgress<ReplayProgress>? progress, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var lanes = Enumerable.Range(0, options.LaneCount)
            .Select(_ => Channel.CreateBounded<Parcel>(new BoundedChannelOptions(LaneQueueMax) { SingleReader = true, SingleWriter = true }))
            .ToArray();
        var senders = lanes.Select(lane => Task.Run(() => SendLaneAsync(lane.Reader, progress, both), CancellationToken.None)).ToArray();
        try
        {
            await DealAsync(log, lanes, started, both.Token).ConfigureAwait(false);
        }
        catch
        {
            await both.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(senders).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            throw;
        }

        foreach (var lane in lanes)
        {
            lane.Writer.Complete();
        }

        await Task.WhenAll(senders).ConfigureAwait(false);
        return Outcome(time.GetElapsedTime(started));
    }

    private async Task DealAsync(IEnumerable<ExchangeRecord> log, Channel<Parcel>[] lanes, long started, CancellationToken stop)
    {
        DateTimeOffset? first = null;
        foreach (var record in log)
        {
            if (!ReplayRequest.CanMake(record))
            {
                _skipped++;
                continue;
            }

            first ??= record.At;
            _at = record.At;
            if (options.Speed > 0)
            {
                await WaitUntilDueAsync((record.At - first.Value) / options.Speed, started, stop).ConfigureAwait(false);
            }

            var lane = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(record.Account.AsSpan())) % (ulong)lanes.Length;
            await lanes[lane].Writer.WriteAsync(new Parcel(record, options.KeyOf(record.Account)), stop).ConfigureAwait(false);
        }
    }

    private async Task WaitUntilDueAsync(TimeSpan due, long started, CancellationToken stop)
    {
        var early = due - time.GetElapsedTime(started);
        // Timers fire in whole milliseconds; closer than that the request is due.
        if (early > TimeSpan.FromMilliseconds(1))
        {
            await Task.Delay(early, time, stop).ConfigureAwait(false);
        }
    }

    private async Task SendLaneAsync(ChannelReader<Parcel> lane, IProgress<ReplayProgress>? progress, CancellationTokenSource both)
    {
        try
        {
            await foreach (var parcel in lane.ReadAllAsync(both.Token).ConfigureAwait(false))
            {
                await SendAsync(parcel, both.Token).ConfigureAwait(false);
                var sent = Interlocked.Increment(ref _sent);
                if (sent % ReportEvery == 0)
                {
                    progress?.Report(new ReplayProgress(sent, Interlocked.Read(ref _failed), _at));
                }
            }
        }
        catch
        {
            // A lane that ends early would leave the dealer waiting for room in it.
            await both.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task SendAsync(Parcel parcel, CancellationToken stop)
    {
        try
        {
            using var request = ReplayRequest.Make(parcel.Record, parcel.Key, options);
            options.BeforeSending(parcel.Record, request);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop).ConfigureAwait(false);
            Interlocked.Increment(ref _byStatus[Math.Clamp((int)response.StatusCode, 0, _byStatus.Length - 1)]);
            await response.Content.CopyToAsync(Stream.Null, stop).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException || (failure is OperationCanceledException && !stop.IsCancellationRequested))
        {
            // A gateway that refuses, cuts or stalls is a result of the replay, not the end of it.
            Interlocked.Increment(ref _failed);
        }
    }

    private ReplayOutcome Outcome(TimeSpan elapsed) => new()
    {
        Sent = _sent,
        Skipped = _skipped,
        Failed = _failed,
        ByStatus = _byStatus.Select((count, status) => (status, count)).Where(entry => entry.count > 0).ToDictionary(entry => entry.status, entry => entry.count),
        Elapsed = elapsed,
    };

    private readonly record struct Parcel(ExchangeRecord Record, string Key);
}
