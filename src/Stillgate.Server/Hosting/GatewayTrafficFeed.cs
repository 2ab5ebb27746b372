using Stillgate.Gateway.Recorder;
using Stillgate.WebConsole.Feeds;

namespace Stillgate.Server.Hosting;

/// <summary>The gateway's counters as the console reads them.</summary>
/// <param name="metrics">The counters.</param>
/// <param name="time">The machine's clock, which tells the reader how old the figures are.</param>
internal sealed class GatewayTrafficFeed(GatewayMetrics metrics, TimeProvider time) : ITrafficFeed
{
    /// <inheritdoc/>
    public TrafficSnapshot Current
    {
        get
        {
            var snapshot = metrics.Snapshot();
            var now = time.GetUtcNow();
            var secondsKnown = (int)Math.Min(TrafficSnapshot.SecondsMax, snapshot.Uptime.TotalSeconds);
            return new TrafficSnapshot
            {
                StartedAt = now - snapshot.Uptime,
                AsOf = now,
                RequestsPerSecond = [.. snapshot.RequestsPerSecond.TakeLast(secondsKnown)],
                StatusClasses = new StatusClassCounts(
                    snapshot.EndedByStatusClass[1],
                    snapshot.EndedByStatusClass[3],
                    snapshot.EndedByStatusClass[4],
                    snapshot.EndedByStatusClass[0] + snapshot.EndedByStatusClass[2]),
                ActiveStreams = snapshot.ActiveStreams,
                RecordsWritten = snapshot.RecordsWritten,
                RecordsDropped = snapshot.RecordsDropped,
            };
        }
    }
}
