namespace Stillgate.Parties.Screening;

/// <summary>The judgement on one pair of names.</summary>
public sealed class MatchResult
{
    private readonly NameAlignment? _alignment;
    private readonly NameProfile _left;
    private readonly NameProfile _right;
    private readonly bool _isSwapped;
    private readonly Corroboration? _corroboration;
    private string _taken = "";

    internal MatchResult(double score, NameProfile left, NameProfile right, bool isSwapped, NameAlignment? alignment, Features? features, Corroboration? corroboration)
    {
        Score = score;
        _left = left;
        _right = right;
        _isSwapped = isSwapped;
        _alignment = alignment;
        Measured = features;
        _corroboration = corroboration;
    }

    /// <summary>How sure it is, in [0, 1]; 1 only for names that are the same once case, marks and word order are set aside.</summary>
    public double Score { get; }

    /// <summary>Whether the score reaches <see cref="NameMatcher.Threshold"/>.</summary>
    public bool IsMatch => Score >= NameMatcher.Threshold;

    internal Features? Measured { get; }

    /// <summary>Every feature that was present, dates and countries among them, the weightiest first.</summary>
    public IReadOnlyList<MatchFeature> Features
    {
        get
        {
            if (Measured is not { } measured)
            {
                return _corroboration?.Parts ?? [];
            }

            var model = _left.Reading == EntitySchema.Person ? MatchModel.Person : MatchModel.Organization;
            return [.. measured.Names
                .Select((name, index) => new MatchFeature(name, measured.Values[index], measured.Values[index] * model.Weights[index]))
                .Where(feature => feature.Value != 0)
                .Concat(_corroboration?.Parts ?? [])
                .OrderByDescending(feature => Math.Abs(feature.LogOdds))
                .ThenBy(feature => feature.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>The judgement in words: which words agree and how, what is left over on which side, and the legal forms.</summary>
    public string Explanation => _taken + MatchWords.Explain(_left, _right, _isSwapped, _alignment, _corroboration?.Words);

    /// <summary>The same judgement, told as one of two texts that hold more names than the two that were compared.</summary>
    internal MatchResult Of(string left, string right)
    {
        var (one, other) = _isSwapped ? (_right, _left) : (_left, _right);
        _taken = (one.Original == left ? "" : $"of the left names \"{one.Original}\"; ") + (other.Original == right ? "" : $"of the right names \"{other.Original}\"; ");
        return this;
    }
}
