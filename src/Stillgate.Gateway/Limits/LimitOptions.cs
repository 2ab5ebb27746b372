namespace Stillgate.Gateway.Limits;

/// <summary>Bounds on what clients may send.</summary>
public sealed record LimitOptions
{
    /// <summary>Largest request body, in bytes: 128 MiB by default, since images and documents travel as base64.</summary>
    public int BodyBytesMax { get; init; } = 128 << 20;

    /// <summary>Most bytes of request bodies held at once by all requests: 1 GiB by default. Beyond it requests get a 503.</summary>
    public long BufferedBytesMax { get; init; } = 1L << 30;
}
