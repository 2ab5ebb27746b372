using Stillgate.Parties.Registry;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Impact;

/// <summary>
/// Decides traffic under two policies and counts where they differ, every rule taken as enforced. A request counts as denied where it
/// would not be served: step-up, hold or deny.
/// </summary>
/// <param name="before">The policy before; <see cref="DecisionBook.Empty"/> for none.</param>
/// <param name="after">The policy after.</param>
/// <param name="customers">What was stated about customers, for their kind.</param>
public sealed class ImpactTally(DecisionBook before, DecisionBook after, PartyBook customers)
{
    private readonly GroupTally _total = new();
    private readonly Dictionary<string, GroupTally> _byRule = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupTally> _byKind = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupTally> _byLanguage = new(StringComparer.Ordinal);
    private readonly Dictionary<string, GroupTally> _byModel = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _kinds = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Account, Side Before, Side After), AccountImpact> _accounts = [];
    private (DateTimeOffset First, DateTimeOffset Last)? _span;

    /// <summary>Exchanges counted so far.</summary>
    public long Count { get; private set; }

    /// <summary>Decides and counts.</summary>
    public void Add(in TrafficRow row)
    {
        var request = new DecisionRequest(row.Model, row.At, row.Dialect) { Capabilities = row.Capabilities ?? [] };
        var (was, becomes) = (Side.Of(before, row, request), Side.Of(after, row, request));
        if (!_kinds.TryGetValue(row.Account, out var kind))
        {
            _kinds[row.Account] = kind = CustomerKind.Of(customers, row.Account, row.At);
        }

        var change = ChangeOf(was, becomes);
        var rule = (change == "freed" ? was.Rule : becomes.Rule) ?? "no rule";
        Count += row.Count;
        _span = _span is { } span ? (span.First < row.At ? span.First : row.At, span.Last > row.At ? span.Last : row.At) : (row.At, row.At);
        foreach (var group in new[] { _total, Of(_byKind, kind), Of(_byLanguage, row.Language), Of(_byModel, row.Model) })
        {
            CountIn(group, row, change, was, becomes);
        }

        if (was.Rule is not null || becomes.Rule is not null)
        {
            CountIn(Of(_byRule, rule), row, change, was, becomes);
        }

        if (was != becomes)
        {
            AddAccount(row, kind, change, was, becomes);
        }
    }

    /// <summary>What was counted.</summary>
    public ImpactReport ToReport() => new()
    {
        Total = _total.ToGroup("all"),
        Span = _span,
        ByRule = Groups(_byRule),
        ByKind = Groups(_byKind),
        ByLanguage = Groups(_byLanguage),
        ByModel = Groups(_byModel),
        Accounts = [.. _accounts.Values.OrderBy(one => one.Account, StringComparer.Ordinal).ThenBy(one => one.First)],
    };

    private static string ChangeOf(Side was, Side becomes) => (was.IsRefused, becomes.IsRefused) switch
    {
        (false, true) => "denied",
        (true, false) => "freed",
        _ when !was.IsUndetermined && becomes.IsUndetermined => "undetermined",
        _ => "other",
    };

    private static void CountIn(GroupTally group, in TrafficRow row, string change, Side was, Side becomes)
    {
        group.AddAll(row.Account, row.Count);
        if (change == "denied")
        {
            group.AddDenied(row.Account, row.Count);
        }
        else if (change == "freed")
        {
            group.AddFreed(row.Account, row.Count);
        }

        // Beside the others: what is newly denied may be so because something is not known.
        if (!was.IsUndetermined && becomes.IsUndetermined)
        {
            group.AddUndetermined(row.Account, row.Count);
        }
    }

    private static GroupTally Of(Dictionary<string, GroupTally> groups, string name)
    {
        if (!groups.TryGetValue(name, out var group))
        {
            groups[name] = group = new GroupTally();
        }

        return group;
    }

    private static ImpactGroup[] Groups(Dictionary<string, GroupTally> groups) =>
    [
        .. groups.Select(group => group.Value.ToGroup(group.Key))
            .OrderByDescending(group => group.NewlyDenied.Accounts).ThenByDescending(group => group.All.Accounts).ThenBy(group => group.Name, StringComparer.Ordinal),
    ];

    private void AddAccount(in TrafficRow row, string kind, string change, Side was, Side becomes)
    {
        var key = (row.Account, was, becomes);
        _accounts[key] = _accounts.TryGetValue(key, out var known)
            ? known with { Exchanges = known.Exchanges + row.Count, First = known.First < row.At ? known.First : row.At }
            : new AccountImpact(
                row.Account, kind, change, Decision.WordOf(was.Outcome), was.Rule, Decision.WordOf(becomes.Outcome), becomes.Rule, becomes.IsUndetermined, row.Count, row.At);
    }

    private readonly record struct Side(Outcome Outcome, string? Rule, bool IsUndetermined)
    {
        public bool IsRefused => Outcome >= Outcome.StepUp;

        public static Side Of(DecisionBook book, in TrafficRow row, in DecisionRequest request)
        {
            var live = book.Decide(row.Account, row.Organization, row.EndCustomer, request);
            return live.HasPolicy ? new Side(live.Proposed.Outcome, live.Proposed.Rule?.Id, live.Proposed.IsUndetermined) : new Side(Outcome.Allow, null, IsUndetermined: false);
        }
    }
}
