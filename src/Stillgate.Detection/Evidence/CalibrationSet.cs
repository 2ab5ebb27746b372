using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Evidence;

/// <summary>
/// A named, versioned calibration: models and the scores of a legitimate population. Built by <c>stillgate lab calibrate</c>; a new one
/// stands beside the last, never over it. The format is <c>docs/formats/calibration.md</c>, version 3.
/// </summary>
public sealed record CalibrationSet
{
    // Lazy: a lab command that builds a calibration must not need one.
    private static readonly Lazy<CalibrationSet> ShippedSet = new(LoadShipped);

    private const string ShippedResource = "Stillgate.Detection.Evidence.calibration.json";

    /// <summary>The format version that this build reads and writes.</summary>
    public const int FormatVersion = 3;

    /// <summary>So many members or more share one band.</summary>
    public const int LargeGroupMin = 4;

    /// <summary>Format version.</summary>
    public required int Version { get; init; }

    /// <summary>Name, for example <c>composed-2026-11</c>.</summary>
    public required string Name { get; init; }

    /// <summary>What it was built from, in words: commands, seeds, sources.</summary>
    public required string Origin { get; init; }

    /// <summary>Legitimate accounts in the population.</summary>
    public required int Accounts { get; init; }

    /// <summary>Control communities in the population: groups of much the same accounts are one.</summary>
    public required int Groups { get; init; }

    /// <summary>Chance granted that a legitimate community is ever named.</summary>
    public required double GroupAlpha { get; init; }

    /// <summary>Chance granted that a legitimate account is ever flagged on its own behaviour.</summary>
    public required double AccountAlpha { get; init; }

    /// <summary>How unusual each of two kinds of evidence on an account must be by itself.</summary>
    public required double KindAlpha { get; init; }

    /// <summary>The model over groups.</summary>
    public required LinearModel GroupModel { get; init; }

    /// <summary>Highest score each control community ever reached.</summary>
    public required ControlScores GroupControls { get; init; }

    /// <summary>How unusual each of the two kinds of evidence on a group must be by itself.</summary>
    public required double GroupKindAlpha { get; init; }

    /// <summary>Highest score of purpose that each community ever reached.</summary>
    public required ControlScores GroupPurpose { get; init; }

    /// <summary>Highest score of coordination that each community ever reached.</summary>
    public required ControlScores GroupCoordination { get; init; }

    /// <summary>Controls of groups of two and of three accounts, by size; null in a calibration that has none: then such groups are not judged.</summary>
    public IReadOnlyList<GroupBand>? SmallGroups { get; init; }

    /// <summary>The model over what an account asks for, at any checkpoint: cues. The one over its structure is its band's.</summary>
    public required LinearModel ElicitationModel { get; init; }

    /// <summary>Structure models and controls of accounts, by band of checkpoints, earliest first.</summary>
    public required IReadOnlyList<AccountBand> AccountBands { get; init; }

    /// <summary>The index of a checkpoint's band.</summary>
    /// <param name="checkpoint">Index of the checkpoint, 0 for the one at 32 exchanges.</param>
    /// <returns>Index into <see cref="AccountBands"/>.</returns>
    public int BandOf(int checkpoint)
    {
        var band = AccountBands.Count - 1;
        while (band > 0 && AccountBands[band].FirstCheckpoint > checkpoint)
        {
            band--;
        }

        return band;
    }

    /// <summary>The band of a checkpoint.</summary>
    /// <param name="checkpoint">Index of the checkpoint, 0 for the one at 32 exchanges.</param>
    /// <returns>Its model, controls and share.</returns>
    public AccountBand AccountBandOf(int checkpoint) => AccountBands[BandOf(checkpoint)];

    /// <summary>The controls that a group is compared with.</summary>
    /// <param name="members">Members measured.</param>
    /// <returns>Its band, or null where the calibration has none for so few.</returns>
    public GroupBand? GroupBandOf(int members)
    {
        if (members < LargeGroupMin)
        {
            return SmallGroups?.FirstOrDefault(band => band.Members == members);
        }

        return new GroupBand { Members = LargeGroupMin, Alpha = GroupAlpha, Controls = GroupControls, Purpose = GroupPurpose, Coordination = GroupCoordination };
    }

    /// <summary>Legitimate accounts of each peer class.</summary>
    [JsonIgnore]
    public IReadOnlyList<int> PeerClassSizes => [.. AccountBands[0].Controls.Select(controls => controls.Together.Size)];

    /// <summary>The calibration that ships with this build.</summary>
    public static CalibrationSet Shipped => ShippedSet.Value;

    /// <summary>Reads a calibration.</summary>
    /// <param name="file">Path of the file.</param>
    /// <returns>The calibration.</returns>
    /// <exception cref="LogFormatException">The file is missing, is no calibration, or is one of another version: its scores are of measurements that this build does not make.</exception>
    public static CalibrationSet Load(string file)
    {
        try
        {
            using var stream = File.OpenRead(file);
            return Read(stream, file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new LogFormatException($"{file}: cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>Encodes the calibration.</summary>
    /// <returns>UTF-8 JSON.</returns>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CalibrationJson.Default.CalibrationSet);

    private static CalibrationSet Read(Stream stream, string name)
    {
        try
        {
            using var json = JsonDocument.Parse(stream);
            CheckVersion(json.RootElement, name);
            var set = json.Deserialize(CalibrationJson.Default.CalibrationSet);
            if (set is not { AccountBands.Count: > 0 })
            {
                throw new LogFormatException($"{name}: accountBands: expected one band or more");
            }

            CalibrationCheck.Check(set, name);
            return set;
        }
        catch (JsonException cause)
        {
            throw new LogFormatException($"{name}:{(cause.LineNumber ?? 0) + 1}: not a calibration of version {FormatVersion}: {cause.Message}", cause);
        }
    }

    // Before anything else is looked at: what another version lacks is no mistake in it.
    private static void CheckVersion(JsonElement json, string name)
    {
        var version = 0;
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("version", out var member) || member.ValueKind != JsonValueKind.Number || !member.TryGetInt32(out version) || version < 1)
        {
            throw new LogFormatException($"{name}: version: expected a calibration, of version {FormatVersion}");
        }

        if (version < FormatVersion)
        {
            throw new LogFormatException(
                $"{name}: version: a calibration of version {version}, and this build reads version {FormatVersion}. It was made when hours and distinct requests of an account were measured otherwise, "
                + "so what it says of legitimate accounts cannot be compared with what is measured now. Build a new one: stillgate calibrate LOG --name NAME --out FILE, or stillgate lab calibrate from composed logs");
        }

        if (version > FormatVersion)
        {
            throw new LogFormatException($"{name}: version: a calibration of version {version}, and this build reads version {FormatVersion}: a newer build made it");
        }
    }

    private static CalibrationSet LoadShipped()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ShippedResource)
            ?? throw new InvalidOperationException($"The build lacks the resource {ShippedResource}.");
        return Read(stream, "the calibration of this build");
    }
}
