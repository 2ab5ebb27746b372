namespace Stillgate.Detection.Evidence;

/// <summary>Scores of a calibration population's legitimate members, for conformal p-values (Vovk, Gammerman and Shafer 2005).</summary>
public sealed record ControlScores
{
    /// <summary>Scores that a calibration keeps of a population: its tail, far beyond any budget.</summary>
    public const int KeptMax = 600;

    /// <summary>How many members the population has.</summary>
    public required int Size { get; init; }

    /// <summary>The highest of their scores, ascending: all that a small p-value needs.</summary>
    public required IReadOnlyList<double> Highest { get; init; }

    /// <summary>The chance that a member exchangeable with the population scores at least this high.</summary>
    /// <param name="score">The score.</param>
    /// <returns>(1 + members at or above) / (size + 1); an upper bound, below the kept scores, of one.</returns>
    public double PValue(double score)
    {
        int low = 0, high = Highest.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Highest[middle] < score)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        var above = low == 0 && Highest.Count < Size ? Size : Highest.Count - low;
        return (1.0 + above) / (Size + 1.0);
    }

    /// <summary>Keeps the highest scores of a population.</summary>
    /// <param name="scores">Every member's score.</param>
    /// <param name="keep">How many to keep.</param>
    /// <returns>The control scores.</returns>
    public static ControlScores Of(IEnumerable<double> scores, int keep)
    {
        // Four digits, rounded up: a control that moved down would make whoever ties with it look rarer than it is.
        var all = scores.Order().ToArray();
        return new ControlScores { Size = all.Length, Highest = [.. all.Skip(Math.Max(0, all.Length - keep)).Select(score => Math.Ceiling(score * 1e4) / 1e4)] };
    }
}
