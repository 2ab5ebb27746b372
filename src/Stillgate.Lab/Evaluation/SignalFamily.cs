using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Evaluation;

/// <summary>
/// A family of signals that an ablation takes away. What an exchange or a registration carries is stripped before the analysis sees it;
/// what is measured of times and subjects, which cannot be stripped, is given no weight. The controls stay those of the full models.
/// </summary>
internal sealed record SignalFamily
{
    /// <summary>Name for tables.</summary>
    public required string Name { get; init; }

    /// <summary>Strips an exchange; null leaves it.</summary>
    public Action<SketchedExchange>? Exchange { get; init; }

    /// <summary>Strips a registration; null leaves it.</summary>
    public Func<RegistrationRecord, RegistrationRecord>? Registration { get; init; }

    /// <summary>Names of the group and account features that lose their weight.</summary>
    public IReadOnlySet<string> Features { get; init; } = new HashSet<string>();

    /// <summary>Every family, in the order of the tables.</summary>
    public static IReadOnlyList<SignalFamily> All { get; } =
    [
        new SignalFamily { Name = "shared prompts (system prompt and template anchors)", Exchange = WithoutTemplates },
        new SignalFamily { Name = "payment", Registration = record => record with { Payment = null } },
        new SignalFamily { Name = "e-mail pattern", Registration = record => record with { Email = null } },
        new SignalFamily { Name = "time of registration", Registration = record => record with { CreatedAt = null } },
        new SignalFamily { Name = "addresses", Exchange = exchange => exchange.Ip = null },
        new SignalFamily
        {
            Name = "all identifiers: the four above",
            Exchange = exchange => exchange.Ip = null,
            Registration = record => record with { Payment = null, Email = null, CreatedAt = null },
        },
        new SignalFamily { Name = "cues in the wording", Exchange = exchange => exchange.Content.Cues = Cues.None },
        new SignalFamily
        {
            Name = "timing",
            Features = Names(
                [GroupFeature.QuickGaps, GroupFeature.HumanGaps, GroupFeature.HourSpread, GroupFeature.PooledHours, GroupFeature.Lockstep, GroupFeature.StartBurst, GroupFeature.Runs, GroupFeature.TakeOver, GroupFeature.Pivot],
                [AccountFeature.GapMean, AccountFeature.GapSpread, AccountFeature.QuickGaps, AccountFeature.HumanGaps, AccountFeature.HourEvenness, AccountFeature.Rate]),
        },
        new SignalFamily { Name = "spread of subject", Features = Names([GroupFeature.Separation, GroupFeature.Breadth], [AccountFeature.Breadth]) },
        new SignalFamily
        {
            Name = "repetition and overlap",
            Features = Names([GroupFeature.Repeats, GroupFeature.Resamples, GroupFeature.SharedContents], [AccountFeature.Distinct, AccountFeature.Resamples]),
        },
        new SignalFamily { Name = "likeness of what members repeat", Features = Names([GroupFeature.Likeness], []) },
        new SignalFamily
        {
            Name = "no conversation",
            Features = Names([GroupFeature.SingleTurn, GroupFeature.ToolTurns], [AccountFeature.SingleTurn, AccountFeature.ToolTurns, AccountFeature.Switches]),
        },
    ];

    /// <summary>The exchange as the analysis may see it; the original is left as it is.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="seen">Receives the copy, where one is needed.</param>
    public SketchedExchange Blind(SketchedExchange exchange, SketchedExchange seen)
    {
        if (Exchange is null)
        {
            return exchange;
        }

        SketchCopy.Copy(exchange, seen);
        Exchange(seen);
        return seen;
    }

    /// <summary>The registration as the analysis may see it.</summary>
    public RegistrationRecord Blind(RegistrationRecord registration) => Registration?.Invoke(registration) ?? registration;

    /// <summary>The calibration with no weight on the family's features.</summary>
    public CalibrationSet Blind(CalibrationSet calibration) => Features.Count == 0 ? calibration : calibration with
    {
        GroupModel = Blind(calibration.GroupModel),
        ElicitationModel = Blind(calibration.ElicitationModel),
        AccountBands = [.. calibration.AccountBands.Select(band => band with { StructureModel = Blind(band.StructureModel) })],
    };

    private LinearModel Blind(LinearModel model) => model with
    {
        Weights = [.. model.Weights.Select((weight, index) => Features.Contains(model.Features[index]) ? 0 : weight)],
    };

    private static void WithoutTemplates(SketchedExchange exchange)
    {
        exchange.Content.AnchorCount = 0;
        exchange.Content.SystemId = 0;
        exchange.Content.ToolsId = 0;
    }

    private static HashSet<string> Names(GroupFeature[] groups, AccountFeature[] accounts) =>
        [.. groups.Select(feature => feature.ToString()), .. accounts.Select(feature => feature.ToString())];
}
