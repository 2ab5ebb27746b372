namespace Stillgate.Detection.Sketching;

/// <summary>
/// What the analysis sees of an exchange: who, when, and the content-free sketch. The same whether it was computed from text or read
/// from a sketch log, which is why a live run and a replay agree.
/// </summary>
public sealed class SketchedExchange
{
    /// <summary>Dimensions of <see cref="SketchContent.Embedding"/>.</summary>
    public const int EmbeddingLength = 16;

    /// <summary>Most anchors an exchange carries.</summary>
    public const int AnchorsMax = 20;

    /// <summary>Id of the exchange.</summary>
    public string Id { get; set; } = "";

    /// <summary>Arrival, milliseconds since 1970-01-01 UTC.</summary>
    public long AtMs { get; set; }

    /// <summary>The account.</summary>
    public string Account { get; set; } = "";

    /// <summary>The organisation on the exchange, or null.</summary>
    public string? Organization { get; set; }

    /// <summary>The reseller's customer, or null.</summary>
    public string? EndCustomer { get; set; }

    /// <summary>The client's address, or null.</summary>
    public string? Ip { get; set; }

    /// <summary>JA4, or null.</summary>
    public string? Tls { get; set; }

    /// <summary>The model as asked for.</summary>
    public string Model { get; set; } = "";

    /// <summary>HTTP status sent to the client.</summary>
    public int Status { get; set; }

    /// <summary>The content-free part.</summary>
    public SketchContent Content { get; } = new();

    /// <summary>Whether the model answered.</summary>
    public bool Served => Status is >= 200 and < 300;
}
