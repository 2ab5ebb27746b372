namespace Stillgate.Detection.Drift;

/// <summary>Fisher's exact test: whether one part of a population holds more of the marked ones than chance would put there.</summary>
internal static class Hypergeometric
{
    /// <returns>P(at least so many marked in the part).</returns>
    public static double UpperTail(int atLeast, int part, int marked, int population)
    {
        var log = LogChoose(population - marked, part) - LogChoose(population, part);
        var from = Math.Max(0, part - (population - marked));
        if (from > 0)
        {
            log = LogChoose(marked, from) + LogChoose(population - marked, part - from) - LogChoose(population, part);
        }

        double tail = 0;
        for (var x = from; x <= Math.Min(part, marked); x++)
        {
            tail += x >= atLeast ? Math.Exp(log) : 0;
            log += Math.Log((double)(marked - x) / (x + 1) * ((part - x) / (population - marked - part + x + 1.0)));
        }

        return Math.Min(1, tail);
    }

    private static double LogChoose(int n, int k)
    {
        if (k < 0 || k > n)
        {
            return double.NegativeInfinity;
        }

        double log = 0;
        for (var i = 1; i <= Math.Min(k, n - k); i++)
        {
            log += Math.Log((n - Math.Min(k, n - k) + i) / (double)i);
        }

        return log;
    }
}
