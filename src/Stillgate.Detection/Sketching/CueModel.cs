using System.Buffers.Binary;
using System.IO.Hashing;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Stillgate.Detection.Sketching;

/// <summary>
/// Finds wording that asks for training data where the lexicon knows none of its words: a linear model over hashed pieces of words and pairs of words (a linear
/// support vector machine; Fan et al. 2008), which slides over the text and takes the window that speaks most for it. Fitted by <c>stillgate lab cues fit</c>
/// on prompts of many writers in ten languages against ordinary requests. It gives cues, as the lexicon does, and no verdict.
/// </summary>
internal sealed class CueModel
{
    /// <summary>Version of the file.</summary>
    public const int FormatVersion = 1;

    /// <summary>Bits of a feature that the families' weights know: which family it is needs less than whether it is one.</summary>
    public const int FamilyBits = 15;

    // Share of the threshold from which on the model seconds the lexicon: of wordings that the lexicon takes for asking, nearly all harvests' and four in ten
    // legitimate ones' reach it (docs/decisions/0087-the-model-seconds-the-lexicon.md).
    private const float SecondShare = 0.8f;

    // Texts up to this width are held to the threshold itself; beyond it the best of ever more windows is high by chance, and the bar rises with the logarithm of
    // how much there is to choose from (docs/decisions/0095-evaluations-are-let-alone.md). It ends where padding would hide most wrappers.
    private const double PlainWidth = 128;
    private const double WidthMax = 1_024;
    private const double BarRise = 0.4;

    private const uint Magic = 0x4D435453; // "STCM"
    private const int HeaderBytes = 16;

    /// <summary>The families, in the order of their weights.</summary>
    public static readonly Cues[] Families =
    [
        Cues.Rationale, Cues.InlineTrace, Cues.DebugPretence, Cues.FalseAuthority, Cues.TaskLaundering, Cues.TraceLanguage,
        Cues.TaskGeneration, Cues.PromptEvolution, Cues.Trajectory, Cues.TraceCleaning, Cues.Persona, Cues.PairRewriting,
    ];

    /// <summary>The cues that it was taught: those of the families. Of others it has no opinion.</summary>
    public static readonly Cues Taught = Families.Aggregate(Cues.None, (all, family) => all | family);

    private readonly float _threshold;
    private readonly sbyte[] _weights;
    private readonly sbyte[] _familyWeights;

    /// <summary>Creates a model.</summary>
    /// <param name="threshold">A window's score from which on it is a cue.</param>
    /// <param name="weights">A weight for each feature.</param>
    /// <param name="familyWeights">For each feature of <see cref="FamilyBits"/>, a weight for each family.</param>
    public CueModel(float threshold, sbyte[] weights, sbyte[] familyWeights)
    {
        if (weights.Length != 1 << CueTokens.Bits || familyWeights.Length != Families.Length << FamilyBits)
        {
            throw new ArgumentException($"{weights.Length} and {familyWeights.Length} weights: expected {1 << CueTokens.Bits} and {Families.Length << FamilyBits}");
        }

        _threshold = threshold;
        _weights = weights;
        _familyWeights = familyWeights;
    }

    /// <summary>The model that ships with this build.</summary>
    public static CueModel Shipped { get; } = LoadShipped();

    /// <summary>The cue of a text, or none.</summary>
    public Cues Find(ReadOnlySpan<char> text) => Find(text, out _);

    /// <summary>The cue of a text, or none.</summary>
    /// <param name="text">The text.</param>
    /// <param name="seconds">Whether its wording comes so near to asking that the model seconds what the lexicon finds in it.</param>
    /// <returns>The cue.</returns>
    public Cues Find(ReadOnlySpan<char> text, out bool seconds)
    {
        var best = BestWindow(text, out var first, out var end, out var all);
        var bar = _threshold * (float)Bar(all);
        seconds = best >= SecondShare * bar;
        return best >= bar ? FamilyOf(text, first, end) : Cues.None;
    }

    /// <summary>How many times the threshold a window of a text has to reach.</summary>
    /// <param name="width">The width of the whole text, as <see cref="CueTokens"/> counts it.</param>
    public static double Bar(int width) => width <= PlainWidth ? 1 : 1 + (BarRise * Math.Log(Math.Min(width, WidthMax) / PlainWidth));

    /// <summary>The highest score of a window: the sum of its weights over the root of their number.</summary>
    /// <param name="text">The text.</param>
    /// <param name="first">The window's first token.</param>
    /// <param name="end">The token after its last.</param>
    /// <param name="all">The width of the whole text.</param>
    private float BestWindow(ReadOnlySpan<char> text, out int first, out int end, out int all)
    {
        Span<uint> features = stackalloc uint[CueTokens.FeaturesMax];
        Span<int> sums = stackalloc int[CueTokens.WindowWidth];
        Span<byte> widths = stackalloc byte[CueTokens.WindowWidth];
        Span<byte> counts = stackalloc byte[CueTokens.WindowWidth];
        var tokens = new CueTokens(text);
        var best = float.NegativeInfinity;
        int sum = 0, width = 0, present = 0, from = 0, at = 0;
        first = end = all = 0;
        for (int count; (count = tokens.Next(features)) > 0; at++)
        {
            width += tokens.Width;
            all += tokens.Width;
            while (width > CueTokens.WindowWidth)
            {
                sum -= sums[from % CueTokens.WindowWidth];
                present -= counts[from % CueTokens.WindowWidth];
                width -= widths[from++ % CueTokens.WindowWidth];
            }

            var own = 0;
            foreach (var feature in features[..count])
            {
                own += _weights[feature];
            }

            sums[at % CueTokens.WindowWidth] = own;
            widths[at % CueTokens.WindowWidth] = (byte)tokens.Width;
            counts[at % CueTokens.WindowWidth] = (byte)count;
            sum += own;
            present += count;
            var score = sum / MathF.Sqrt(Math.Max(CueTokens.FeaturesMin, present));
            if (score > best)
            {
                (best, first, end) = (score, from, at + 1);
            }
        }

        return best;
    }

    /// <summary>Writes the model as <see cref="Read"/> reads it.</summary>
    public void Write(Stream output)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], FormatVersion);
        BinaryPrimitives.WriteSingleLittleEndian(header[8..], _threshold);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], Checksum(_threshold, _weights, _familyWeights));
        output.Write(header);
        output.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
        output.Write(MemoryMarshal.AsBytes(_familyWeights.AsSpan()));
    }

    /// <summary>Reads a model.</summary>
    /// <exception cref="InvalidDataException">It is not one, or damaged.</exception>
    public static CueModel Read(Stream input, string name)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var weights = new sbyte[1 << CueTokens.Bits];
        var familyWeights = new sbyte[Families.Length << FamilyBits];
        var complete = input.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes
            && Fill(input, MemoryMarshal.AsBytes(weights.AsSpan()))
            && Fill(input, MemoryMarshal.AsBytes(familyWeights.AsSpan()))
            && input.ReadByte() < 0;
        if (!complete || BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic)
        {
            throw new InvalidDataException($"{name}: not a cue model of {HeaderBytes + weights.Length + familyWeights.Length} bytes");
        }

        if (BinaryPrimitives.ReadInt32LittleEndian(header[4..]) is var version && version != FormatVersion)
        {
            throw new InvalidDataException($"{name}: version {version} of the cue model, expected {FormatVersion}");
        }

        var threshold = BinaryPrimitives.ReadSingleLittleEndian(header[8..]);
        return BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) == Checksum(threshold, weights, familyWeights)
            ? new CueModel(threshold, weights, familyWeights)
            : throw new InvalidDataException($"{name}: the checksum of the cue model is another one");
    }

    private Cues FamilyOf(ReadOnlySpan<char> text, int first, int end)
    {
        Span<uint> features = stackalloc uint[CueTokens.FeaturesMax];
        Span<int> sums = stackalloc int[Families.Length];
        sums.Clear();
        var tokens = new CueTokens(text);
        for (int at = 0, count; at < end && (count = tokens.Next(features)) > 0; at++)
        {
            foreach (var feature in at >= first ? features[..count] : [])
            {
                var own = _familyWeights.AsSpan((int)(feature >> (CueTokens.Bits - FamilyBits)) * Families.Length, Families.Length);
                for (var family = 0; family < own.Length; family++)
                {
                    sums[family] += own[family];
                }
            }
        }

        var best = 0;
        for (var family = 1; family < sums.Length; family++)
        {
            best = sums[family] > sums[best] ? family : best;
        }

        return Families[best];
    }

    private static bool Fill(Stream input, Span<byte> bytes) => input.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    private static uint Checksum(float threshold, sbyte[] weights, sbyte[] familyWeights)
    {
        var hash = new XxHash32();
        hash.Append(BitConverter.GetBytes(threshold));
        hash.Append(MemoryMarshal.AsBytes(weights.AsSpan()));
        hash.Append(MemoryMarshal.AsBytes(familyWeights.AsSpan()));
        return hash.GetCurrentHashAsUInt32();
    }

    private static CueModel LoadShipped()
    {
        const string name = "Stillgate.Detection.Sketching.cue-model.bin";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build lacks the resource {name}.");
        return Read(stream, name);
    }
}
