using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Protocol.ExchangeLog;
using static System.FormattableString;

namespace Stillgate.Detection.Evidence;

/// <summary>
/// Whether a calibration that was read can be compared with. Its arrays are indexed by what is measured and searched by halves, so that one that is short, out
/// of order or divided by zero would not fail: it would give other p-values.
/// </summary>
internal static class CalibrationCheck
{
    // The shares are written in decimals, and their sum is a sum of fractions.
    private const double ShareTolerance = 1e-9;

    private static readonly int PeerClassCount = Enum.GetValues<PeerClass>().Length;

    /// <summary>Checks everything that a calibration's JSON does not say by itself.</summary>
    /// <param name="set">The calibration, as it was read.</param>
    /// <param name="name">The file's name, for the error.</param>
    /// <exception cref="LogFormatException">What is wrong first, by file and field, and what was expected.</exception>
    public static void Check(CalibrationSet set, string name)
    {
        if (Wrongs(set).SelectMany(wrongs => wrongs).FirstOrDefault() is { } wrong)
        {
            throw new LogFormatException($"{name}: {wrong}");
        }
    }

    // One after the other: what comes later may rely on what came before.
    private static IEnumerable<IEnumerable<string>> Wrongs(CalibrationSet set)
    {
        yield return Count("accounts", set.Accounts);
        yield return Count("groups", set.Groups);
        yield return Share("groupAlpha", set.GroupAlpha);
        yield return Share("accountAlpha", set.AccountAlpha);
        yield return Share("kindAlpha", set.KindAlpha);
        yield return Share("groupKindAlpha", set.GroupKindAlpha);
        yield return Model("groupModel", set.GroupModel, GroupMeasurement.FeatureNames);
        yield return Model("elicitationModel", set.ElicitationModel, AccountMeasurement.FeatureNames);
        yield return Scores("groupControls", set.GroupControls);
        yield return Scores("groupPurpose", set.GroupPurpose);
        yield return Scores("groupCoordination", set.GroupCoordination);
        yield return Each("smallGroups", set.SmallGroups ?? [], SmallGroup);
        yield return Each("accountBands", set.AccountBands, Band);
        yield return Bands(set.AccountBands);
    }

    private static IEnumerable<string> SmallGroup(string field, GroupBand band)
    {
        var largest = CalibrationSet.LargeGroupMin - 1;
        IEnumerable<string> members = band.Members >= GroupMeasurement.MembersMin && band.Members <= largest
            ? []
            : [Invariant($"{field}.members: expected {GroupMeasurement.MembersMin} to {largest}, found {band.Members}")];
        return
        [
            .. members,
            .. Share($"{field}.alpha", band.Alpha),
            .. Scores($"{field}.controls", band.Controls),
            .. Scores($"{field}.purpose", band.Purpose),
            .. Scores($"{field}.coordination", band.Coordination),
        ];
    }

    private static IEnumerable<string> Band(string field, AccountBand band) =>
    [
        .. Share($"{field}.share", band.Share),
        .. Model($"{field}.structureModel", band.StructureModel, AccountMeasurement.FeatureNames),
        .. band.Controls.Count == PeerClassCount
            ? Each($"{field}.controls", band.Controls, Controls)
            : [Invariant($"{field}.controls: expected {PeerClassCount}, one for each peer class, found {band.Controls.Count}")],
    ];

    private static IEnumerable<string> Controls(string field, AccountControls controls) =>
    [
        .. Scores($"{field}.structure", controls.Structure),
        .. Scores($"{field}.elicitation", controls.Elicitation),
        .. controls.Pace is { } pace ? Scores($"{field}.pace", pace) : [],
        .. controls.Content is { } content ? Scores($"{field}.content", content) : [],
        .. Scores($"{field}.together", controls.Together),
    ];

    // The first band is every checkpoint's that no later one takes.
    private static IEnumerable<string> Bands(IReadOnlyList<AccountBand> bands)
    {
        for (var i = 0; i < bands.Count; i++)
        {
            var (first, before) = (bands[i].FirstCheckpoint, i == 0 ? -1 : bands[i - 1].FirstCheckpoint);
            if (i == 0 ? first != 0 : first <= before)
            {
                yield return Invariant($"accountBands[{i}].firstCheckpoint: expected {(i == 0 ? "0" : Invariant($"more than {before}"))}, found {first}");
            }
        }

        var sum = bands.Sum(band => band.Share);
        if (Math.Abs(sum - 1) > ShareTolerance)
        {
            yield return Invariant($"accountBands: expected shares that add up to 1, found {sum}");
        }
    }

    private static IEnumerable<string> Model(string field, LinearModel model, IReadOnlyList<string> known)
    {
        var count = model.Features.Count;
        if (count > known.Count)
        {
            yield return Invariant($"{field}.features: expected {known.Count} names at most, found {count}");
            yield break;
        }

        // By place: whatever it is called, a weight weighs what is measured there.
        for (var i = 0; i < count; i++)
        {
            if (model.Features[i] != known[i])
            {
                yield return Invariant($"{field}.features[{i}]: expected {known[i]}, found {model.Features[i] ?? "null"}");
            }
        }

        foreach (var (part, numbers) in ((string, IReadOnlyList<double>)[])[("means", model.Means), ("scales", model.Scales), ("weights", model.Weights)])
        {
            if (numbers.Count != count)
            {
                yield return Invariant($"{field}.{part}: expected {count} numbers, one for each feature, found {numbers.Count}");
            }

            foreach (var wrong in Finite($"{field}.{part}", numbers))
            {
                yield return wrong;
            }
        }

        for (var i = 0; i < model.Scales.Count; i++)
        {
            if (model.Scales[i] <= 0)
            {
                yield return Invariant($"{field}.scales[{i}]: expected a number above 0, found {model.Scales[i]}");
            }
        }

        if (model.Saturation <= 0)
        {
            yield return Invariant($"{field}.saturation: expected a number above 0, found {model.Saturation}");
        }
    }

    private static IEnumerable<string> Scores(string field, ControlScores scores)
    {
        foreach (var wrong in Count($"{field}.size", scores.Size))
        {
            yield return wrong;
        }

        if (scores.Highest.Count > scores.Size)
        {
            yield return Invariant($"{field}.highest: expected no more than the {scores.Size} of size, found {scores.Highest.Count}");
        }

        foreach (var wrong in Finite($"{field}.highest", scores.Highest))
        {
            yield return wrong;
        }

        for (var i = 1; i < scores.Highest.Count; i++)
        {
            if (scores.Highest[i] < scores.Highest[i - 1])
            {
                yield return Invariant($"{field}.highest[{i}]: expected {scores.Highest[i - 1]} or more, ascending, found {scores.Highest[i]}");
            }
        }
    }

    // 1e999 is a number of JSON, and infinite once it is read.
    private static IEnumerable<string> Finite(string field, IReadOnlyList<double> numbers) =>
        numbers.Index().Where(number => !double.IsFinite(number.Item)).Select(number => Invariant($"{field}[{number.Index}]: expected a finite number, found {number.Item}"));

    // JSON says of a member that it may not be null, but not of an element.
    private static IEnumerable<string> Each<T>(string field, IReadOnlyList<T> elements, Func<string, T, IEnumerable<string>> check)
        where T : class? =>
        elements.SelectMany((element, index) => element is null ? [Invariant($"{field}[{index}]: expected an object, found null")] : check(Invariant($"{field}[{index}]"), element));

    private static IEnumerable<string> Share(string field, double value) =>
        value is >= 0 and <= 1 ? [] : [Invariant($"{field}: expected a number from 0 to 1, found {value}")];

    private static IEnumerable<string> Count(string field, int value) =>
        value >= 0 ? [] : [Invariant($"{field}: expected 0 or more, found {value}")];
}
