namespace Stillgate.Parties.Screening;

/// <summary>The judgement on one pair of names.</summary>
public sealed class MatchResult
{
    private readonly NameAlignment? _alignment;
    private readonly NameProfile _left;
    private readonly NameProfile _right;
    private readonly bool _isSwapped;
    private readonly string? _corroboration;

    internal MatchResult(double score, NameProfile left, NameProfile right, bool isSwapped, NameAlignment? alignment, Features? features, string? corroboration)
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

    /// <summary>Every feature that was present, the weightiest first.</summary>
    public IReadOnlyList<MatchFeature> Features
    {
        get
        {
            if (Measured is not { } measured)
            {
                return [];
            }

            var model = _left.Reading == EntitySchema.Person ? MatchModel.Person : MatchModel.Organization;
            return [.. measured.Names
                .Select((name, index) => new MatchFeature(name, measured.Values[index], measured.Values[index] * model.Weights[index]))
                .Where(feature => feature.Value != 0)
                .OrderByDescending(feature => Math.Abs(feature.LogOdds))
                .ThenBy(feature => feature.Name, StringComparer.Ordinal)];
        }
    }

    /// <summary>The judgement in words: which words agree and how, what is left over on which side, and the legal forms.</summary>
    public string Explanation => MatchWords.Explain(_left, _right, _isSwapped, _alignment, _corroboration);
}
