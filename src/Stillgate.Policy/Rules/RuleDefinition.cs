namespace Stillgate.Policy.Rules;

/// <summary>A rule as its file states it.</summary>
public sealed record RuleDefinition
{
    /// <summary>The name under which decisions cite it; unique in a policy.</summary>
    public required string Id { get; init; }

    /// <summary>The file it stands in.</summary>
    public required string File { get; init; }

    /// <summary>The line on which it starts.</summary>
    public required int Line { get; init; }

    /// <summary>On what it rests.</summary>
    public required LegalBasis LegalBasis { get; init; }

    /// <summary>When it applies, and with which status.</summary>
    public required IReadOnlyList<EffectivePeriod> Periods { get; init; }

    /// <summary>To which requests it applies.</summary>
    public required RuleScope Scope { get; init; }

    /// <summary>The condition.</summary>
    public required string When { get; init; }

    /// <summary>The line of the condition.</summary>
    public required int WhenLine { get; init; }

    /// <summary>What it asks for.</summary>
    public required Outcome Outcome { get; init; }

    /// <summary>What it asks for where the condition is undetermined.</summary>
    public required Outcome Undetermined { get; init; }

    /// <summary>What happens where the condition fails.</summary>
    public required FailMode Fail { get; init; }

    /// <summary>Why, in words that may be shown to the customer.</summary>
    public required string Reason { get; init; }

    /// <summary>The obligations of <see cref="Outcome.Restrict"/>.</summary>
    public IReadOnlyList<string> Obligations { get; init; } = [];

    /// <summary>The rules from which an <see cref="Outcome.Allow"/> excepts.</summary>
    public IReadOnlyList<string> Exempts { get; init; } = [];

    /// <summary>Rules of other jurisdictions that ask for the contrary: a decision under both is flagged.</summary>
    public IReadOnlyList<string> CollidesWith { get; init; } = [];

    /// <summary>The recorded basis on which a collision is decided as it is.</summary>
    public string? CollisionNote { get; init; }

    /// <summary>The status at a moment; null outside all periods.</summary>
    public LegalStatus? StatusAt(DateTimeOffset at)
    {
        for (var i = 0; i < Periods.Count; i++)
        {
            if (Periods[i].Covers(at))
            {
                return Periods[i].Status;
            }
        }

        return null;
    }
}
