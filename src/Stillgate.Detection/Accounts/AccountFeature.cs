namespace Stillgate.Detection.Accounts;

/// <summary>What is measured of an account at a checkpoint. <c>docs/signals.md</c> documents each; the order is part of a calibration's format.</summary>
internal enum AccountFeature
{
    /// <summary>Share of exchanges that open a conversation.</summary>
    SingleTurn,

    /// <summary>Share with a tool result or call.</summary>
    ToolTurns,

    /// <summary>Share that begin another conversation than the exchange before.</summary>
    Switches,

    /// <summary>Share that send the previous content again at once.</summary>
    Resamples,

    /// <summary>Distinct contents over exchanges.</summary>
    Distinct,

    /// <summary>Share of answers of 256 output tokens or more.</summary>
    LongAnswers,

    /// <summary>Decimal logarithm of mean output tokens.</summary>
    OutputTokens,

    /// <summary>Share of reasoning tokens in the output.</summary>
    ReasoningShare,

    /// <summary>Mean natural logarithm of the gap between exchanges, in milliseconds.</summary>
    GapMean,

    /// <summary>Standard deviation of that logarithm: small for a machine's even pace.</summary>
    GapSpread,

    /// <summary>Share of gaps under ten seconds.</summary>
    QuickGaps,

    /// <summary>Share of gaps between ten seconds and ten minutes: a person's pace within a conversation.</summary>
    HumanGaps,

    /// <summary>Evenness of use over the hours of the day that the account's life has reached, 0 to 1; 2/3 where that is too short to tell.</summary>
    HourEvenness,

    /// <summary>Spread of subject, 0 (one subject) to 1.</summary>
    Breadth,

    /// <summary>Share of exchanges under the account's most used anchor.</summary>
    Template,

    /// <summary>Natural logarithm of exchanges an hour over the account's life.</summary>
    Rate,

    /// <summary>1 where the account was opened within a week before its first exchange.</summary>
    Fresh,

    /// <summary>How many structure features there are; cue shares follow.</summary>
    StructureCount,
}
