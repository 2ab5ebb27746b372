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

    /// <summary>Evenness of use over the hours of the day, 0 to 1.</summary>
    HourEvenness,

    /// <summary>Spread of subject, 0 (one subject) to 1.</summary>
    Breadth,

    /// <summary>Share of exchanges under the account's most used anchor.</summary>
    Template,

    /// <summary>Natural logarithm of exchanges an hour over the account's life, of which an hour counts in full.</summary>
    Rate,

    /// <summary>1 where the account was opened within a week before its first exchange.</summary>
    Fresh,

    /// <summary>Hours of the clock in use, over the hours of its life so far: near 1 for work without pause.</summary>
    Continuity,

    /// <summary>
    /// Natural logarithm of the variance of exchanges an hour over their mean, over the hours of its life so far: 0 for arrivals at random
    /// at one rate, above for sessions and days, below for a machine's even rate.
    /// </summary>
    Burstiness,

    /// <summary>How many structure features there are; what it asks for follows.</summary>
    StructureCount,
}
