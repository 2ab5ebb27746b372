namespace Stillgate.Detection.Campaigns;

/// <summary>What is measured of a group. <c>docs/signals.md</c> documents each; the order is part of a calibration's format.</summary>
internal enum GroupFeature
{
    /// <summary>Natural logarithm of the number of members.</summary>
    Members,

    /// <summary>Share of exchanges that open a conversation and are never continued.</summary>
    SingleTurn,

    /// <summary>Share of exchanges with a tool result or call.</summary>
    ToolTurns,

    /// <summary>Share of exchanges that ask for reasoning as such.</summary>
    ReasoningCues,

    /// <summary>Share that ask for training tasks.</summary>
    TaskCues,

    /// <summary>Share that ask for grades.</summary>
    JudgeCues,

    /// <summary>Share in agent-trajectory form.</summary>
    TrajectoryCues,

    /// <summary>Share that ask for what a persona would say.</summary>
    PersonaCues,

    /// <summary>Decimal logarithm of mean output tokens over 128, at least 0: an ordinary answer counts for nothing.</summary>
    LongAnswers,

    /// <summary>Share of reasoning tokens in the output.</summary>
    ReasoningShare,

    /// <summary>Natural logarithm of between-account over within-account spread of subject: near 0 for shards of one list.</summary>
    Separation,

    /// <summary>Spread of subject within the group, 0 (one subject) to 1.</summary>
    Breadth,

    /// <summary>Share of distinct contents that several members sent.</summary>
    SharedContents,

    /// <summary>Share of exchanges that come back to a content later: what is sampled again at once is counted apart.</summary>
    Repeats,

    /// <summary>Share that send the previous content again at once.</summary>
    Resamples,

    /// <summary>Gini coefficient of exchanges over members: near 0 for balanced load.</summary>
    Unevenness,

    /// <summary>Share of gaps under ten seconds.</summary>
    QuickGaps,

    /// <summary>Hours of the day seen, over the hours that so many exchanges at random would show.</summary>
    HourSpread,

    /// <summary>Share of members registered within the densest three days.</summary>
    RegistrationBurst,

    /// <summary>Share of members that first used it within the densest day.</summary>
    StartBurst,

    /// <summary>Share of members whose means of payment another member has too, organisations that declare themselves apart.</summary>
    SharedPayment,

    /// <summary>Share of members whose e-mail pattern another member has too.</summary>
    SharedEmailPattern,

    /// <summary>1 where all members belong to one declared organisation.</summary>
    OneOrganization,

    /// <summary>Mean share of a member's exchanges that carry what the group shares.</summary>
    Dominance,

    /// <summary>Share of members that were refused and then fell silent.</summary>
    RefusedMembers,

    /// <summary>Natural logarithm of median exchanges a member.</summary>
    MedianExchanges,

    /// <summary>Share of members opened within a week before their first exchange here.</summary>
    FreshAccounts,

    /// <summary>Evenness of the group's use over the hours of the day, against what so many exchanges at random would show.</summary>
    PooledHours,

    /// <summary>Share of gaps between ten seconds and ten minutes: a person's pace within a conversation.</summary>
    HumanGaps,

    /// <summary>Share of members whose address block another member has too, where few others connect from it.</summary>
    SharedAddress,

    /// <summary>Natural logarithm of the hours in which two members are active together, over what independent members would show.</summary>
    Lockstep,

    /// <summary>Mean share of what two members send again and again that is the same, by rarity: near 1 for one wrapper, low for a shared turn of phrase.</summary>
    Likeness,

    /// <summary>
    /// Natural logarithm of the turns that go to the member that had the last one, over a shuffle's: high for people and products, 0 for
    /// independent even programs, below for load that is dealt out.
    /// </summary>
    Runs,

    /// <summary>Share of the members never refused that began within two days after the refused ones fell silent: a second pool takes over.</summary>
    TakeOver,

    /// <summary>Natural logarithm of the use of a new model in its first two days, over everybody's; at least 0.</summary>
    Pivot,

    /// <summary>How many there are.</summary>
    Count,
}
