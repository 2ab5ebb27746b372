namespace Stillgate.Detection.Sketching;

/// <summary>
/// Keeps the few five-token shingles with the smallest hashes (bottom-k sampling, Cohen and Kaplan 2007): two texts that share a
/// passage tend to keep the same shingles of it, wherever in the text it stands.
/// </summary>
internal sealed class ShingleSample
{
    private const int Width = 5;
    private readonly (ulong First, ulong Second)[] _chosen = new (ulong, ulong)[8];
    private int _count;

    public ReadOnlySpan<(ulong First, ulong Second)> Chosen => _chosen.AsSpan(0, _count);

    public void Sample(ReadOnlySpan<ulong> tokens, int most)
    {
        _count = 0;
        for (var i = 0; i + Width <= tokens.Length; i++)
        {
            var shingle = tokens.Slice(i, Width);
            if (_count < most || TokenSpan.First(shingle) < _chosen[_count - 1].First)
            {
                Insert(TokenSpan.Whole(shingle), most);
            }
        }
    }

    private void Insert((ulong First, ulong Second) hash, int most)
    {
        var at = _count;
        while (at > 0 && _chosen[at - 1].First > hash.First)
        {
            at--;
        }

        if (at > 0 && _chosen[at - 1] == hash)
        {
            return;
        }

        _count = Math.Min(_count + 1, most);
        for (var i = _count - 1; i > at; i--)
        {
            _chosen[i] = _chosen[i - 1];
        }

        if (at < most)
        {
            _chosen[at] = hash;
        }
    }
}
