using Stillgate.Detection.Accounts;

namespace Stillgate.Detection.Campaigns;

/// <summary>What crosses from one set of accounts to another: the identifiers that some accounts of both hold.</summary>
internal sealed class Crossing
{
    // Held by so many on each side, and by so large a part, one identifier is at home on both.
    private const int HomeHoldersMin = 2;
    private const double HomeShareMin = 0.3;

    private readonly List<(SharedIdentifier Identifier, AccountState[] A, AccountState[] B)> _shared = [];
    private readonly Dictionary<int, double> _tiedA = [];
    private readonly Dictionary<int, double> _tiedB = [];

    /// <summary>Notes an identifier and who holds it on each side.</summary>
    public void Add(SharedIdentifier identifier, AccountState[] a, AccountState[] b)
    {
        _shared.Add((identifier, a, b));
        Tie(_tiedA, a, identifier.Weight);
        Tie(_tiedB, b, identifier.Weight);
    }

    /// <summary>Share of the smaller set's accounts that are tied to the other, each counted by the weight of its ties, at most 1.</summary>
    public double Cover(int sizeA, int sizeB) => sizeA <= sizeB ? _tiedA.Values.Sum() / sizeA : _tiedB.Values.Sum() / sizeB;

    /// <summary>Whether two sets of these sizes are one.</summary>
    public bool Joins(int sizeA, int sizeB) =>
        (HasEvidence(sizeA, sizeB) && Cover(sizeA, sizeB) >= IdentifierTies.CoverMin)
        || _shared.Exists(one => IsAtHome(one.Identifier.Kind, one.A.Length, sizeA) && IsAtHome(one.Identifier.Kind, one.B.Length, sizeB));

    /// <summary>Joins the sets by the strongest of what they share.</summary>
    public void Link(AccountSets sets)
    {
        var strongest = _shared.MaxBy(one => one.Identifier.Weight);
        sets.Union(strongest.A[0], strongest.B[0], strongest.Identifier.Kind, strongest.Identifier.Weight);
    }

    // A card is enough to say whose a single account is; two sets need two things in common, of which one is neither an address block nor a
    // client's fingerprint: strangers are neighbours by chance, and run the same program.
    private bool HasEvidence(int sizeA, int sizeB) => Math.Min(sizeA, sizeB) == 1
        ? _shared.Exists(one => one.Identifier.Kind == GroupKind.Payment)
        : _shared.Count >= 2 && _shared.Exists(one => one.Identifier.Kind is not (GroupKind.AddressBlock or GroupKind.ClientHello));

    private static bool IsAtHome(GroupKind kind, int holders, int size) => kind switch
    {
        GroupKind.AddressBlock or GroupKind.ClientHello => false,
        GroupKind.Payment when size == 1 => true,
        _ => holders >= HomeHoldersMin && holders >= HomeShareMin * size,
    };

    private static void Tie(Dictionary<int, double> tied, AccountState[] accounts, double weight)
    {
        foreach (var account in accounts)
        {
            tied[account.Index] = Math.Min(1, tied.GetValueOrDefault(account.Index) + weight);
        }
    }
}
