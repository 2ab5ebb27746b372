namespace Stillgate.Detection.Campaigns;

/// <summary>What the members of a group did together: the sums that a measurement needs, in one pass.</summary>
internal readonly record struct MemberSums
{
    public double Count { get; private init; }

    public long SingleTurnCount { get; private init; }

    public long ToolCount { get; private init; }

    public long StrongCueCount { get; private init; }

    public long TaskCueCount { get; private init; }

    public long JudgeCueCount { get; private init; }

    public long TrajectoryCueCount { get; private init; }

    public long PersonaCueCount { get; private init; }

    public long ResampleCount { get; private init; }

    public long QuickCount { get; private init; }

    public long HumanGapCount { get; private init; }

    public double OutputTokens { get; private init; }

    public double ReasoningTokens { get; private init; }

    /// <summary>Sum of the members' shares of their own exchanges.</summary>
    public double Shares { get; private init; }

    public static MemberSums Of(params ReadOnlySpan<MemberStats> members)
    {
        long count = 0, single = 0, tool = 0, strong = 0, task = 0, judge = 0, trajectory = 0, persona = 0, resample = 0, quick = 0, human = 0, output = 0;
        double reasoning = 0, shares = 0;
        foreach (var member in members)
        {
            count += member.Count;
            single += member.SingleTurnCount;
            tool += member.ToolCount;
            strong += member.StrongCueCount;
            task += member.TaskCueCount;
            judge += member.JudgeCueCount;
            trajectory += member.TrajectoryCueCount;
            persona += member.PersonaCueCount;
            resample += member.ResampleCount;
            quick += member.QuickCount;
            human += member.HumanGapCount;
            output += member.OutputTokens;
            reasoning += member.ReasoningTokens;
            shares += member.Share;
        }

        return new MemberSums
        {
            Count = count,
            SingleTurnCount = single,
            ToolCount = tool,
            StrongCueCount = strong,
            TaskCueCount = task,
            JudgeCueCount = judge,
            TrajectoryCueCount = trajectory,
            PersonaCueCount = persona,
            ResampleCount = resample,
            QuickCount = quick,
            HumanGapCount = human,
            OutputTokens = output,
            ReasoningTokens = reasoning,
            Shares = shares,
        };
    }
}
