using Stillgate.Gateway.Controls;
using Stillgate.Protocol.Filtering;

namespace Stillgate.Server.Configuration;

/// <summary>Reads <c>controls</c>.</summary>
internal static class ControlSection
{
    private const long WindowSecondsMax = 604_800;

    private static readonly (string Name, Func<ControlOptions, ControlMode> Mode)[] Controls =
    [
        ("logprobs", options => options.Logprobs),
        ("logitBiasWithLogprobs", options => options.LogitBiasWithLogprobs),
        ("logitBiasTokens", options => options.LogitBiasTokens),
        ("choices", options => options.Choices),
        ("outputTokens", options => options.OutputTokens),
        ("reasoning", options => options.Reasoning),
        ("references", options => options.References),
        ("prefixFreeze", options => options.PrefixFreeze),
        ("embeddingPrecision", options => options.EmbeddingPrecision),
        ("embeddingDimensions", options => options.EmbeddingDimensions),
    ];

    public static ControlOptions Read(ConfigSection? section)
    {
        var defaults = new ControlOptions();
        if (section is null)
        {
            return defaults;
        }

        var floor = ReadControls(section) with
        {
            LogitBiasWindow = Seconds(section, "logitBiasWindowSeconds", defaults.LogitBiasWindow),
            SummarizingModels = section.Texts("summarizingModels") ?? [],
            ReferenceLifetime = Seconds(section, "referenceLifetimeSeconds", defaults.ReferenceLifetime),
            ForeignReferences = Mode(section, "foreignReferences", defaults.ForeignReferences),
            PrefixFreezeWindow = Seconds(section, "prefixFreezeWindowSeconds", defaults.PrefixFreezeWindow),
            UnseenPrefix = Mode(section, "unseenPrefix", defaults.UnseenPrefix),
            Tiers = [.. section.Sections("tiers").Select(ReadTier)],
        };
        floor = floor with { Overrides = ReadOverrides(section, floor) };
        section.RejectUnknown();
        return floor;
    }

    private static ControlOptions ReadControls(ConfigSection section)
    {
        var defaults = new ControlOptions();
        return defaults with
        {
            Logprobs = Mode(section, "logprobs"),
            LogitBiasWithLogprobs = Mode(section, "logitBiasWithLogprobs"),
            LogitBiasTokens = Mode(section, "logitBiasTokens"),
            LogitBiasTokensMax = Bound(section, "logitBiasTokensMax", 1, 1 << 18, defaults.LogitBiasTokensMax),
            Choices = Mode(section, "choices"),
            ChoicesMax = Bound(section, "choicesMax", 1, 1000, defaults.ChoicesMax),
            OutputTokens = Mode(section, "outputTokens"),
            OutputTokensMax = Bound(section, "outputTokensMax", 1, int.MaxValue, defaults.OutputTokensMax),
            Reasoning = Mode(section, "reasoning"),
            ReasoningView = section.Choice("reasoningView", "pass", "summary", "withheld") switch
            {
                "pass" => ReasoningView.Pass,
                "summary" => ReasoningView.Summary,
                _ => ReasoningView.Withheld,
            },
            References = Mode(section, "references"),
            PrefixFreeze = Mode(section, "prefixFreeze"),
            EmbeddingPrecision = Mode(section, "embeddingPrecision"),
            EmbeddingBits = Bound(section, "embeddingBits", 1, EmbeddingFilter.BitsMax, defaults.EmbeddingBits),
            EmbeddingDimensions = Mode(section, "embeddingDimensions"),
            EmbeddingDimensionsMax = Bound(section, "embeddingDimensionsMax", 1, 1 << 20, defaults.EmbeddingDimensionsMax),
        };
    }

    private static TrustTier ReadTier(ConfigSection section)
    {
        var tier = new TrustTier
        {
            Name = section.Text("name") ?? "",
            Accounts = section.Texts("accounts") ?? [],
            Organizations = section.Texts("organizations") ?? [],
        };
        if (tier.Name.Length == 0)
        {
            section.Reject("", "needs a name");
        }

        if (tier.Accounts.Count + tier.Organizations.Count == 0)
        {
            section.Reject("", "takes nobody in: needs accounts or organizations, each a list of patterns");
        }

        section.RejectUnknown();
        return tier;
    }

    private static List<ControlOverride> ReadOverrides(ConfigSection section, ControlOptions floor)
    {
        var overrides = section.Sections("overrides").Select(each => ReadOverride(each, floor)).ToList();
        if (overrides.Count > ControlOptions.OverridesMax)
        {
            section.Reject("overrides", FormattableString.Invariant($"at most {ControlOptions.OverridesMax}"));
        }

        return overrides;
    }

    private static ControlOverride ReadOverride(ConfigSection section, ControlOptions floor)
    {
        var made = new ControlOverride
        {
            Tiers = section.Texts("tiers") ?? [],
            Models = section.Texts("models") ?? [],
            IsWeaker = section.Flag("weaker") ?? false,
            Stated = Controls.Select(control => control.Name).Where(section.Has).ToHashSet(),
            Controls = ReadControls(section),
        };
        section.RejectUnknown();
        if (made.Tiers.Count + made.Models.Count == 0)
        {
            section.Reject("", "is for everybody: state it in controls itself, or name tiers or models");
        }

        if (made.Stated.Count == 0)
        {
            section.Reject("", "states no control");
        }

        if (made.IsWeaker && (made.Models.Count == 0 || made.Models.Any(model => model.Contains('*', StringComparison.Ordinal))))
        {
            section.Reject("models", "what is weaker than the floor has to name its models, without *");
        }

        foreach (var (name, mode) in Controls.Where(control => !made.IsWeaker && made.Stated.Contains(control.Name)))
        {
            if (mode(made.Controls) < mode(floor) || mode(made.Controls) == ControlMode.Off)
            {
                section.Reject(name, "no stricter than the floor, so it would change nothing; 'weaker: true' with the models' names makes it so");
            }
        }

        return made;
    }

    private static TimeSpan Seconds(ConfigSection section, string name, TimeSpan otherwise) =>
        section.Number(name, 1, WindowSecondsMax) is { } seconds ? TimeSpan.FromSeconds(seconds) : otherwise;

    private static int Bound(ConfigSection section, string name, int least, int most, int otherwise) => (int)(section.Number(name, least, most) ?? otherwise);

    private static ControlMode Mode(ConfigSection section, string name, ControlMode otherwise = ControlMode.Off) => section.Choice(name, "off", "observe", "on") switch
    {
        "off" => ControlMode.Off,
        "observe" => ControlMode.Observe,
        "on" => ControlMode.On,
        _ => otherwise,
    };
}
