using Stillgate.WebConsole.Feeds;

namespace Stillgate.Tests.WebConsole;

/// <summary>A quiet, constant stretch of traffic.</summary>
internal sealed class FakeTrafficFeed : ITrafficFeed
{
    public TrafficSnapshot Current { get; set; } = new()
    {
        StartedAt = new DateTimeOffset(2026, 5, 4, 9, 0, 0, TimeSpan.Zero),
        AsOf = new DateTimeOffset(2026, 5, 4, 9, 5, 0, TimeSpan.Zero),
        RequestsPerSecond = [.. Enumerable.Range(0, 300).Select(second => 90 + (int)(40 * Math.Sin(second / 23.0)) + (second * 7919 % 31))],
        StatusClasses = new StatusClassCounts(27_512, 418, 37, 0),
        ActiveStreams = 12,
        RecordsWritten = 27_967,
        RecordsDropped = 0,
    };
}
