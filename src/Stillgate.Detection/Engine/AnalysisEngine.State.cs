using System.IO.Hashing;
using System.Text.Json;
using Stillgate.Detection.Background;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Engine;

// The engine on disk: everything that an exchange yet to come could be judged by, in the order in which it must come back.
public sealed partial class AnalysisEngine
{
    // Raised where the same exchanges come to be counted otherwise in the same form: 2, exempt exchanges do not move the time that gaps are measured from.
    private const int CountingVersion = 2;

    /// <summary>Says under which rules the state was made: a state of other rules is of no use.</summary>
    /// <param name="options">The options.</param>
    /// <returns>A hash of the calibration, the sketch key, the background, the sizes that the state depends on and how this build counts.</returns>
    public static ulong RulesOf(AnalysisOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var hash = new XxHash3();
        hash.Append(JsonSerializer.SerializeToUtf8Bytes(options.Calibration, CalibrationJson.Default.CalibrationSet));
        hash.Append(System.Text.Encoding.UTF8.GetBytes($"\n{options.SketchKey.Id}\n{options.RepeatFilterLog2Bits} {options.RepeatFilterLog2BitsMax} {CountingVersion}\n"));
        if (options.BackgroundFile is { } file)
        {
            hash.Append(JsonSerializer.SerializeToUtf8Bytes(BackgroundSet.Load(file), BackgroundJson.Default.BackgroundSet));
        }

        return hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Writes the state.</summary>
    internal void Write(SectionWriter into)
    {
        into.Content.Number((ulong)ExchangeCount);
        into.Content.Signed(_clockMs);
        into.End(SectionKind.Head);
        _accounts.Write(into);
        _anchors.Write(into);
        WriteEvidence(into);
        _learner.Write(into.Content);
        into.End(SectionKind.Background);
        _repeats.Write(into.Content);
        into.End(SectionKind.Repeats);
        _drift.Write(into.Content);
        into.End(SectionKind.Drift);
        _scripts.Write(into.Content);
        into.End(SectionKind.Scripts);
        _launches.Write(into.Content);
        into.End(SectionKind.Launches);
        into.End(SectionKind.End);
    }

    /// <summary>Makes an engine of a state.</summary>
    /// <exception cref="StateFormatException">The bytes are no state of this build.</exception>
    internal static AnalysisEngine Read(SectionReader from, AnalysisOptions options)
    {
        var engine = new AnalysisEngine(options);
        var head = from.Open(SectionKind.Head);
        engine.ExchangeCount = (long)head.Number();
        engine._clockMs = head.Signed();
        engine._accounts.Read(from);
        engine._anchors.Read(from);
        engine.ReadEvidence(from);
        var background = from.Open(SectionKind.Background);
        engine._learner.Read(ref background, engine._accounts.All);
        var repeats = from.Open(SectionKind.Repeats);
        engine._repeats.Read(ref repeats);
        var drift = from.Open(SectionKind.Drift);
        engine._drift.Read(ref drift, engine._accounts.All);
        var scripts = from.Open(SectionKind.Scripts);
        engine._scripts.Read(ref scripts);
        var launches = from.Open(SectionKind.Launches);
        engine._launches.Read(ref launches);
        from.Expect(SectionKind.End);
        return engine;
    }

    // Evidence names groups and groups hold accounts, so it comes after both; most accounts have none.
    private void WriteEvidence(SectionWriter into)
    {
        var numbers = new Dictionary<AnchorGroup, int>(_anchors.Groups.Count);
        foreach (var group in _anchors.Groups)
        {
            numbers[group] = numbers.Count;
        }

        into.Content.Number((ulong)_campaigns.Named.Count);
        foreach (var group in _campaigns.Named)
        {
            into.Content.Number((ulong)numbers[group]);
        }

        foreach (var account in _accounts.All.Where(account => !account.Found.IsEmpty))
        {
            into.Content.Number((ulong)account.Index + 1);
            account.Found.Write(into.Content, numbers);
        }

        into.Content.Number(0);
        into.End(SectionKind.Evidence);
    }

    private void ReadEvidence(SectionReader from)
    {
        var evidence = from.Open(SectionKind.Evidence);
        var groups = _anchors.Groups;
        for (var count = evidence.Count(groups.Count); count > 0; count--)
        {
            _campaigns.Named.Add(groups[evidence.Count(groups.Count - 1)]);
        }

        for (var account = evidence.Count(_accounts.All.Count); account > 0; account = evidence.Count(_accounts.All.Count))
        {
            _accounts.All[account - 1].Evidence.Read(ref evidence, groups);
        }
    }
}
