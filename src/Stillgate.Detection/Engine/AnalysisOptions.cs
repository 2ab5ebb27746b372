using Stillgate.Detection.Evidence;
using Stillgate.Detection.Sketching;

namespace Stillgate.Detection.Engine;

/// <summary>How an analysis is run. The same options and the same log give the same findings, bit for bit.</summary>
public sealed record AnalysisOptions
{
    /// <summary>Models and controls.</summary>
    public required CalibrationSet Calibration { get; init; }

    /// <summary>Key of sketches computed here; a log that carries sketches is analysed under the key they were made with.</summary>
    public SketchKey SketchKey { get; init; } = SketchKey.Public;

    /// <summary>The operator's file of known harness and framework prompts, or null: they are set aside beside the build's own list.</summary>
    public string? BackgroundFile { get; init; }

    /// <summary>Binary logarithm of the bits of each of the two filters that hold back what is used once, at first. 27 is 2 x 16 MiB.</summary>
    public int RepeatFilterLog2Bits { get; init; } = 27;

    /// <summary>
    /// And at most: with many accounts a filter that has filled up is followed by a larger one. 32 is 2 x 512 MiB, reached at seven million accounts.
    /// </summary>
    public int RepeatFilterLog2BitsMax { get; init; } = 32;

    /// <summary>Sees every measurement, or null.</summary>
    public IEvidenceObserver? Observer { get; init; }
}
