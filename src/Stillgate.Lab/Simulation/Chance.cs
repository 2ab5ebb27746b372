namespace Stillgate.Lab.Simulation;

/// <summary>
/// A seeded source of chance (SplitMix64) with the distributions that the composition needs. One small object, because a log of
/// a million accounts holds one for each of them. Not safe for use by two threads at once.
/// </summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    /// <summary>An independent source for a named purpose: adding a consumer elsewhere does not change this one's draws.</summary>
    public static Chance For(long seed, string purpose, long index = 0)
    {
        var hash = 14695981039346656037UL;
        foreach (var letter in purpose)
        {
            hash = (hash ^ letter) * 1099511628211UL;
        }

        return new Chance(Mix(hash ^ Mix((ulong)seed) ^ Mix((ulong)index + 0x9E3779B97F4A7C15UL)));
    }

    public Chance Fork() => new(Mix(NextBits()));

    public ulong NextBits() => Mix(_state += 0x9E3779B97F4A7C15UL);

    /// <summary>Uniform in [0, 1).</summary>
    public double Unit() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, count).</summary>
    public int Below(int count) => (int)Math.BigMul(NextBits(), (ulong)count, out _);

    /// <summary>Uniform in [low, high], both included.</summary>
    public int Between(int low, int high) => low + Below(high - low + 1);

    public double Between(double low, double high) => low + (Unit() * (high - low));

    public bool Hit(double probability) => Unit() < probability;

    public T Pick<T>(IReadOnlyList<T> items) => items[Below(items.Count)];

    public int Weighted(ReadOnlySpan<double> weights)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        var left = Unit() * total;
        for (var index = 0; index < weights.Length - 1; index++)
        {
            left -= weights[index];
            if (left < 0)
            {
                return index;
            }
        }

        return weights.Length - 1;
    }

    public double Normal()
    {
        var radius = Math.Sqrt(-2 * Math.Log(1 - Unit()));
        return radius * Math.Cos(2 * Math.PI * Unit());
    }

    public double LogNormal(double median, double sigma) => median * Math.Exp(sigma * Normal());

    public double Exponential(double mean) => -mean * Math.Log(1 - Unit());

    /// <summary>Uniform on a logarithmic scale in [low, high].</summary>
    public int LogUniform(int low, int high) => (int)Math.Round(Math.Exp(Between(Math.Log(low), Math.Log(high))));

    /// <summary>Gamma by Marsaglia and Tsang, "A simple method for generating gamma variables" (2000).</summary>
    public double Gamma(double shape, double scale)
    {
        if (shape < 1)
        {
            return Gamma(shape + 1, scale) * Math.Pow(1 - Unit(), 1 / shape);
        }

        var d = shape - (1.0 / 3);
        var c = 1 / Math.Sqrt(9 * d);
        while (true)
        {
            var x = Normal();
            var v = Math.Pow(1 + (c * x), 3);
            if (v > 0 && Math.Log(1 - Unit()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
            {
                return d * v * scale;
            }
        }
    }

    /// <summary>Poisson; beyond a mean of 60 by its normal limit, where the difference cannot be seen in a count.</summary>
    public int Poisson(double mean)
    {
        if (mean > 60)
        {
            return Math.Max(0, (int)Math.Round(mean + (Math.Sqrt(mean) * Normal())));
        }

        var floor = Math.Exp(-mean);
        var count = 0;
        for (var product = Unit(); product > floor; product *= Unit())
        {
            count++;
        }

        return count;
    }

    /// <summary>A rank in [0, count) whose frequency falls roughly as 1/rank.</summary>
    public int ZipfRank(int count) => Math.Min(count - 1, (int)(Math.Exp(Unit() * Math.Log(count + 1)) - 1));

    /// <summary>A discrete Pareto variable from 1 up: P(more than x) = x^-exponent.</summary>
    public int HeavyTail(double exponent, int max) => (int)Math.Min(max, Math.Floor(Math.Pow(1 - Unit(), -1 / exponent)));

    public void Shuffle<T>(IList<T> items)
    {
        for (var index = items.Count - 1; index > 0; index--)
        {
            var other = Below(index + 1);
            (items[index], items[other]) = (items[other], items[index]);
        }
    }

    private static ulong Mix(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }
}
