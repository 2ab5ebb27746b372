namespace Stillgate.Parties.Places;

/// <summary>Counts the votes of country sources, one a basis, at the time at which a places file is made.</summary>
internal sealed class PlaceVotes
{
    private readonly int[] _basisOf;
    private readonly int _basisCount;
    private readonly ushort[] _byBasis;

    public PlaceVotes(IReadOnlyList<PlaceSource> countrySources)
    {
        var bases = countrySources.Select(source => source.Basis).Distinct(StringComparer.Ordinal).ToList();
        _basisOf = [.. countrySources.Select(source => bases.IndexOf(source.Basis))];
        _basisCount = bases.Count;
        _byBasis = new ushort[bases.Count];
    }

    /// <param name="votes">One packed code a source; 0 where it does not speak.</param>
    /// <returns>
    /// The country that has most bases, whether or not that is evidence (none where two have as many), the agreement, and how many bases speak and how many of them
    /// say that country. A basis whose own sources disagree speaks for no country.
    /// </returns>
    public (ushort Country, PlaceAgreement Agreement, byte Speaking, byte Supporting) Count(ReadOnlySpan<ushort> votes)
    {
        const ushort Divided = 1;
        _byBasis.AsSpan().Clear();
        for (var i = 0; i < votes.Length; i++)
        {
            ref var vote = ref _byBasis[_basisOf[i]];
            vote = votes[i] == 0 || vote == votes[i] ? vote : vote == 0 ? votes[i] : Divided;
        }

        var (speaking, best, bestCount, isTied) = (0, (ushort)0, 0, false);
        for (var i = 0; i < _basisCount; i++)
        {
            if (_byBasis[i] == 0)
            {
                continue;
            }

            speaking++;
            if (_byBasis[i] == Divided || _byBasis[i] == best)
            {
                continue;
            }

            var count = _byBasis.AsSpan().Count(_byBasis[i]);
            isTied = count == bestCount || (count < bestCount && isTied);
            (best, bestCount) = count > bestCount ? (_byBasis[i], count) : (best, bestCount);
        }

        var agreement = speaking == 0 ? PlaceAgreement.None
            : speaking == 1 ? PlaceAgreement.Alone
            : bestCount == speaking ? PlaceAgreement.Unanimous
            : bestCount >= 2 && bestCount * 2 > speaking ? PlaceAgreement.Majority
            : PlaceAgreement.Split;
        return isTied ? ((ushort)0, agreement, (byte)speaking, (byte)0) : (best, agreement, (byte)speaking, (byte)bestCount);
    }
}
