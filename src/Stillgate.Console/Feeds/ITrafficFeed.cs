namespace Stillgate.WebConsole.Feeds;

/// <summary>Where the console reads what passes through the gateway.</summary>
public interface ITrafficFeed
{
    /// <summary>The latest snapshot. Must return at once.</summary>
    TrafficSnapshot Current { get; }
}
