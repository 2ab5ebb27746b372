namespace Stillgate.Lab.Baselines;

/// <summary>
/// Logistic regression on a hashed bag of words, one prompt at a time: the usual text filter (hashing after Weinberger et al. 2009;
/// steps after Duchi, Hazan and Singer, "Adaptive subgradient methods", JMLR 2011). Deterministic.
/// </summary>
internal sealed class WordModel
{
    private const int ColumnCount = 1 << 16;
    private const int PromptsAnAccountMax = 60;
    private const int TermsMax = 400;
    private const int PassCount = 4;
    private const float Rate = 0.15f;
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly List<(int[] Terms, bool Harvest)> _examples = [];
    private readonly float[] _weights = new float[ColumnCount];
    private readonly float[] _curvature = new float[ColumnCount];
    private float _bias;

    /// <summary>Takes a training prompt; the first sixty of each account, so that no account rules the model.</summary>
    public void Learn(string account, string text, bool harvest)
    {
        var taken = _taken.GetValueOrDefault(account);
        if (taken < PromptsAnAccountMax)
        {
            _taken[account] = taken + 1;
            _examples.Add((Terms(text), harvest));
        }
    }

    public void Fit()
    {
        // The classes are balanced by weight: how rare harvests are in the training log must not set the bias.
        var harvests = _examples.Count(example => example.Harvest);
        float[] importance = [_examples.Count / (2f * Math.Max(1, _examples.Count - harvests)), _examples.Count / (2f * Math.Max(1, harvests))];
        for (var pass = 0; pass < PassCount; pass++)
        {
            // A fixed stride visits every example once in an order that is not that of time.
            var stride = 7_919 % Math.Max(1, _examples.Count) | 1;
            for (long index = 0, at = pass; index < _examples.Count; index++, at += stride)
            {
                var (terms, harvest) = _examples[(int)(at % _examples.Count)];
                Step(terms, harvest, importance[harvest ? 1 : 0]);
            }
        }

        _examples.Clear();
        _taken.Clear();
    }

    /// <summary>How much a prompt looks like a harvest, 0 to 1.</summary>
    public double Probability(string text) => 1 / (1 + Math.Exp(-Margin(Terms(text))));

    private void Step(int[] terms, bool harvest, float importance)
    {
        var error = importance * ((harvest ? 1f : 0f) - (1 / (1 + MathF.Exp(-Margin(terms)))));
        var step = error / MathF.Sqrt(Math.Max(1, terms.Length));
        foreach (var term in terms)
        {
            _curvature[term] += step * step;
            _weights[term] += Rate * step / MathF.Sqrt(_curvature[term] + 1e-6f);
        }

        _bias += 0.01f * error;
    }

    private float Margin(int[] terms)
    {
        var sum = 0f;
        foreach (var term in terms)
        {
            sum += _weights[term];
        }

        return _bias + (sum / MathF.Sqrt(Math.Max(1, terms.Length)));
    }

    private static int[] Terms(string text)
    {
        var terms = new HashSet<int>();
        HashedTerms.Visit(text, terms, static (term, into) =>
        {
            if (into.Count < TermsMax)
            {
                into.Add((int)(term % ColumnCount));
            }
        });
        int[] sorted = [.. terms];
        Array.Sort(sorted);
        return sorted;
    }
}
