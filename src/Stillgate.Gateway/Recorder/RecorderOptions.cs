namespace Stillgate.Gateway.Recorder;

/// <summary>How records bind serving.</summary>
public sealed record RecorderOptions
{
    /// <summary>Whether an exchange is served only where its record can be taken. Off by default: records may then be dropped, and are counted.</summary>
    public bool IsRequired { get; init; }
}
