namespace Stillgate.Policy.Rules;

/// <summary>What is to be done with one request. A value of a few words: everything that explains it is looked up when asked for.</summary>
public readonly struct Decision : IEquatable<Decision>
{
    private readonly AccountStanding _standing;
    private readonly int _period;
    private readonly UInt128 _applied;
    private readonly UInt128 _undetermined;
    private readonly int _rule;
    private readonly RequestPlace? _place;

    internal Decision(AccountStanding standing, int period, Outcome outcome, int rule, UInt128 applied, UInt128 undetermined, RequestPlace? place)
    {
        _standing = standing;
        _period = period;
        Outcome = outcome;
        _rule = rule;
        _applied = applied;
        _undetermined = undetermined;
        _place = place;
    }

    /// <summary>What to do.</summary>
    public Outcome Outcome { get; }

    /// <summary>The outcome's word, as files write it.</summary>
    public string OutcomeWord => WordOf(Outcome);

    /// <summary>The rule that decided; null where none applied.</summary>
    public RuleDefinition? Rule => _rule < 0 ? null : _standing.Snapshot.Rules[_rule].Definition;

    /// <summary>The version of the policy.</summary>
    public string PolicyVersion => _standing.Snapshot.Version;

    /// <summary>Whether the deciding rule's condition was undetermined.</summary>
    public bool IsUndetermined => _rule >= 0 && (_undetermined & (UInt128.One << _rule)) != 0;

    /// <summary>Every rule that applied, in the order of the policy.</summary>
    public IReadOnlyList<RuleDefinition> Applied => _standing.Snapshot.RulesOf(_applied);

    /// <summary>Pairs of applied rules whose jurisdictions ask for contrary things.</summary>
    public IReadOnlyList<(RuleDefinition Rule, RuleDefinition Other)> Collisions => _standing.Snapshot.CollisionsOf(_applied);

    /// <summary>The facts that the deciding rule read, with their values and sources; those of the request are left out.</summary>
    public IReadOnlyList<DecisionFact> Facts => _rule < 0 ? [] : _standing.Snapshot.FactsOf(_standing, _period, _rule, _place);

    /// <summary>An outcome as files write it.</summary>
    public static string WordOf(Outcome outcome) => outcome switch
    {
        Outcome.Allow => "allow",
        Outcome.Observe => "observe",
        Outcome.Restrict => "restrict",
        Outcome.StepUp => "step-up",
        Outcome.Hold => "hold",
        _ => "deny",
    };

    /// <inheritdoc/>
    public bool Equals(Decision other) =>
        Outcome == other.Outcome && _rule == other._rule && _period == other._period && _applied == other._applied && ReferenceEquals(_standing, other._standing)
        && ReferenceEquals(_place, other._place);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Decision other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Outcome, _rule, _applied, _place);

    /// <summary>Whether two decisions are the same.</summary>
    public static bool operator ==(Decision left, Decision right) => left.Equals(right);

    /// <summary>Whether two decisions differ.</summary>
    public static bool operator !=(Decision left, Decision right) => !left.Equals(right);
}
