using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Stillgate.Parties.Ownership;
using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// A compiled policy. Immutable; swapped whole. <c>Decide</c> never waits and never allocates, so the live path may
/// call it for every request.
/// </summary>
public sealed class PolicySnapshot
{
    /// <summary>Rules of one policy: what applied is carried as one 128-bit set.</summary>
    public const int RuleCountMax = 128;

    private readonly ConcurrentDictionary<string, RuleResult[]> _results = new(StringComparer.Ordinal);

    internal PolicySnapshot(string version, FactSchema schema, IReadOnlyList<PolicyFile> files, CompiledRule[] rules)
    {
        Version = version;
        Schema = schema;
        Files = files;
        Rules = rules;
    }

    /// <summary>Names the policy's content: the beginning of its SHA-256.</summary>
    public string Version { get; }

    /// <summary>The files it was made from.</summary>
    public IReadOnlyList<PolicyFile> Files { get; }

    /// <summary>The ownership tests that its rules ask about.</summary>
    public IReadOnlyList<OwnershipTest> OwnershipTests => [.. Files.SelectMany(file => file.OwnershipTests)];

    /// <summary>The facts that its rules may name.</summary>
    public FactSchema Schema { get; }

    /// <summary>The rules, in the order in which ties between them are decided.</summary>
    public IReadOnlyList<RuleDefinition> RuleDefinitions => [.. Rules.Select(rule => rule.Definition)];

    /// <summary>The lists that its rules ask about, beside those of its ownership tests.</summary>
    public IReadOnlyList<string> Lists => [.. Files.SelectMany(file => file.Lists).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether a condition reads the moment of the request, and not only its rule's dates.</summary>
    public bool ReadsRequestTime => Array.Exists(Rules, rule => (rule.Condition.FactsRead & (1UL << Schema.SlotOf("request.at"))) != 0);

    /// <summary>Whether a condition reads where the request came from.</summary>
    public bool ReadsPlace => Array.Exists(Rules, rule => rule.ReadsPlace);

    /// <summary>The moments at which a rule begins, ends or changes its status.</summary>
    public IEnumerable<DateTimeOffset> Edges =>
        Rules.SelectMany(rule => rule.Definition.Periods).SelectMany(period => new[] { period.From, period.To }.OfType<DateTimeOffset>());

    internal CompiledRule[] Rules { get; }

    /// <summary>
    /// The same policy with every rule in force within its dates, whatever the status of its basis; expired ones stay silent. To see
    /// what a proposed rule would do: never to decide by.
    /// </summary>
    public PolicySnapshot AsIfInForce() => new(Version, Schema, Files,
    [
        .. Rules.Select(rule => new CompiledRule(
            rule.Definition with { Periods = [.. rule.Definition.Periods.Select(period => period.Status == LegalStatus.Expired ? period : period with { Status = LegalStatus.InForce })] },
            rule.Condition,
            rule.IsOfAccountOnly,
            rule.Exempts,
            rule.CollidesWith)),
    ]);

    /// <summary>Works out what can be said of an account before a request comes.</summary>
    /// <param name="periods">What is known of it, by spans of days; at least one.</param>
    /// <exception cref="ArgumentException">There is no period, or a fact has no place in the schema.</exception>
    public AccountStanding StandingOf(IReadOnlyList<AccountFacts> periods) => periods.Count > 0
        ? new AccountStanding(this, periods)
        : throw new ArgumentException("An account has at least one period.", nameof(periods));

    /// <summary>Decides one request. Time comes from the request; nothing is allocated.</summary>
    public Decision Decide(AccountStanding account, in DecisionRequest request) => Decide(account, request, UInt128.MaxValue);

    /// <summary>Decides by some of the rules alone, as a file's own cases are: they say nothing of its neighbours.</summary>
    internal Decision Decide(AccountStanding account, in DecisionRequest request, UInt128 considered)
    {
        var ticks = request.At.UtcTicks;
        var period = account.PeriodAt(ticks);
        var results = account.Results[period];
        UInt128 applied = 0, undetermined = 0, exempted = 0;
        for (var i = 0; i < Rules.Length; i++)
        {
            var rule = Rules[i];
            if (results[i] == RuleResult.No || (considered & (UInt128.One << i)) == 0)
            {
                continue;
            }

            var status = rule.StatusAt(ticks);
            if (status == LegalStatus.Expired || !rule.Covers(request))
            {
                continue;
            }

            var result = results[i] == RuleResult.OfRequest ? ResultWithRequest(rule, account.Facts[period], request) : results[i];
            if (result == RuleResult.No || (result == RuleResult.Failed && rule.Definition.Fail == FailMode.Open))
            {
                continue;
            }

            applied |= UInt128.One << i;
            undetermined |= result == RuleResult.Undetermined ? UInt128.One << i : 0;
            exempted |= result == RuleResult.Yes && status == LegalStatus.InForce ? rule.Exempts : 0;
        }

        return Strictest(account, period, request, applied & ~exempted, undetermined, applied);
    }

    /// <summary>Whether a set holds every rule.</summary>
    internal bool IsWhole(UInt128 set)
    {
        var all = Rules.Length == RuleCountMax ? UInt128.MaxValue : (UInt128.One << Rules.Length) - 1;
        return (set & all) == all;
    }

    /// <summary>
    /// The rules of these names as a set, and with them every rule that excepts: an exception that were left out would
    /// refuse whom the policy spares.
    /// </summary>
    internal UInt128 SetOf(IReadOnlySet<string> rules)
    {
        UInt128 set = 0;
        for (var i = 0; i < Rules.Length; i++)
        {
            var rule = Rules[i].Definition;
            set |= rule.Outcome == Outcome.Allow || rules.Contains(rule.Id) ? UInt128.One << i : 0;
        }

        return set;
    }

    internal IReadOnlyList<RuleDefinition> RulesOf(UInt128 set) =>
        [.. Rules.Where((_, i) => (set & (UInt128.One << i)) != 0).Select(rule => rule.Definition)];

    internal IReadOnlyList<(RuleDefinition Rule, RuleDefinition Other)> CollisionsOf(UInt128 applied) =>
    [
        .. Rules.Where((_, i) => (applied & (UInt128.One << i)) != 0)
            .SelectMany(rule => RulesOf(rule.CollidesWith & applied).Select(other => (rule.Definition, other))),
    ];

    internal IReadOnlyList<DecisionFact> FactsOf(AccountStanding standing, int period, int rule, RequestPlace? place)
    {
        var read = Rules[rule].Condition.FactsRead & ~((1UL << StandardFacts.RequestCount) - 1);
        var row = (ExpressionValue[])standing.Facts[period].Clone();
        place?.Fill(row);
        return [.. Schema.NamesOf(read).Select(name => new DecisionFact(
            name,
            row[Schema.SlotOf(name)].ToString(),
            place is not null && (StandardFacts.Places & (1UL << Schema.SlotOf(name))) != 0 ? place.Source : standing.Periods[period].Sources.GetValueOrDefault(name)))];
    }

    internal ExpressionValue[] RowOf(AccountFacts facts)
    {
        var row = new ExpressionValue[Schema.Count];
        for (var slot = 0; slot < row.Length; slot++)
        {
            row[slot] = CompiledExpression.Unknown(slot);
        }

        foreach (var (name, value) in facts.Facts)
        {
            var slot = Schema.SlotOf(name);
            row[slot >= 0 ? slot : throw new ArgumentException($"There is no fact {name}.", nameof(facts))] = value;
        }

        return row;
    }

    /// <summary>The results of a row. Most accounts come to the same ones: those share one array, which stays in the processor's cache.</summary>
    internal RuleResult[] ResultsOf(ExpressionValue[] row)
    {
        var results = Array.ConvertAll(Rules, rule => rule.IsOfAccountOnly ? Read(rule.Condition.Evaluate(row)) : RuleResult.OfRequest);
        return _results.GetOrAdd(string.Create(results.Length, results, static (text, from) =>
        {
            for (var i = 0; i < from.Length; i++)
            {
                text[i] = (char)('0' + (int)from[i]);
            }
        }), results);
    }

    private static RuleResult Read(in ExpressionValue value) => value.Kind switch
    {
        ValueKind.Bool => value.IsTrue ? RuleResult.Yes : RuleResult.No,
        ValueKind.Undetermined => RuleResult.Undetermined,
        _ => RuleResult.Failed,
    };

    private static RuleResult ResultWithRequest(CompiledRule rule, ExpressionValue[] facts, in DecisionRequest request)
    {
        var row = default(Row);
        facts.CopyTo((Span<ExpressionValue>)row);
        row[0] = ExpressionValue.Of(request.Model);
        row[1] = ExpressionValue.Of(request.At);
        row[2] = request.Channel is { } channel ? ExpressionValue.Of(channel) : row[2];
        row[3] = request.Tier is { } tier ? ExpressionValue.Of(tier) : row[3];
        row[4] = (rule.Condition.FactsRead & (1UL << 4)) != 0 ? ExpressionValue.Of(request.Capabilities) : row[4];
        if (request.Place is { } place && rule.ReadsPlace)
        {
            place.Fill(row);
        }

        return Read(rule.Condition.Evaluate(((ReadOnlySpan<ExpressionValue>)row)[..facts.Length]));
    }

    private Decision Strictest(AccountStanding account, int period, in DecisionRequest request, UInt128 standing, UInt128 undetermined, UInt128 applied)
    {
        var (outcome, decider) = (Outcome.Allow, -1);
        if (standing == 0)
        {
            return new Decision(account, period, outcome, decider, applied, undetermined, place: null);
        }

        var ticks = request.At.UtcTicks;
        for (var i = 0; i < Rules.Length; i++)
        {
            if ((standing & (UInt128.One << i)) == 0)
            {
                continue;
            }

            var rule = Rules[i].Definition;
            var wanted = (undetermined & (UInt128.One << i)) != 0 ? rule.Undetermined : rule.Outcome;

            // A rule whose basis is not in force says what it would do, and does nothing.
            wanted = Rules[i].StatusAt(ticks) == LegalStatus.InForce || wanted < Outcome.Observe ? wanted : Outcome.Observe;
            if (decider < 0 || wanted > outcome)
            {
                (outcome, decider) = (wanted, i);
            }
        }

        // A rule that does not ask where the request came from decides alike wherever that was.
        return new Decision(account, period, outcome, decider, applied, undetermined, Rules[decider].ReadsPlace ? request.Place : null);
    }

    [InlineArray(ExpressionLimits.FactCountMax)]
    private struct Row
    {
        private ExpressionValue _first;
    }
}
