using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Cueing;

/// <summary>A text as features by token, from which windows are taken.</summary>
internal sealed class CueText
{
    private readonly uint[] _features;
    private readonly int[] _ends;
    private readonly byte[] _widths;

    public CueText(string text)
    {
        var features = new List<uint>();
        var ends = new List<int>();
        var widths = new List<byte>();
        Span<uint> own = stackalloc uint[CueTokens.FeaturesMax];
        var tokens = new CueTokens(text);
        for (int count; (count = tokens.Next(own)) > 0;)
        {
            features.AddRange(own[..count]);
            ends.Add(features.Count);
            widths.Add((byte)tokens.Width);
        }

        _features = [.. features];
        _ends = [.. ends];
        _widths = [.. widths];
    }

    /// <summary>Whether there is any token.</summary>
    public bool IsEmpty => _ends.Length == 0;

    /// <summary>The distinct features of a window that begins anywhere, ascending.</summary>
    public uint[] AnyWindow(Chance chance)
    {
        // The last beginning from which a whole window follows.
        var last = _ends.Length;
        for (var width = 0; last > 0 && width + _widths[last - 1] <= CueTokens.WindowWidth;)
        {
            width += _widths[--last];
        }

        var first = chance.Between(0, last);
        var end = first;
        for (var width = 0; end < _ends.Length && width + _widths[end] <= CueTokens.WindowWidth;)
        {
            width += _widths[end++];
        }

        return Window(first, end);
    }

    /// <summary>The highest score of a window under some weights, over what <see cref="CueModel.Bar"/> asks of a text of this width: what a threshold is compared with.</summary>
    public double BestScore(float[] weights) => Scan(weights, out _, out _) / CueModel.Bar(_widths.Sum(width => width));

    /// <summary>That window's distinct features, ascending.</summary>
    public uint[] BestWindow(float[] weights)
    {
        Scan(weights, out var first, out var end);
        return Window(first, end);
    }

    private double Scan(float[] weights, out int bestFirst, out int bestEnd)
    {
        double best = double.NegativeInfinity, sum = 0;
        int width = 0, first = 0;
        bestFirst = bestEnd = 0;
        for (var end = 1; end <= _ends.Length; end++)
        {
            width += _widths[end - 1];
            sum += Sum(weights, end - 1);
            while (width > CueTokens.WindowWidth)
            {
                width -= _widths[first];
                sum -= Sum(weights, first++);
            }

            var score = sum / Math.Sqrt(Math.Max(CueTokens.FeaturesMin, _ends[end - 1] - Start(first)));
            if (score > best)
            {
                (best, bestFirst, bestEnd) = (score, first, end);
            }
        }

        return best;
    }

    private int Start(int token) => token == 0 ? 0 : _ends[token - 1];

    private double Sum(float[] weights, int token)
    {
        var sum = 0.0;
        foreach (var feature in _features.AsSpan(Start(token).._ends[token]))
        {
            sum += weights[feature];
        }

        return sum;
    }

    private uint[] Window(int first, int end) => end == first ? [] : [.. _features[Start(first).._ends[end - 1]].Distinct().Order()];
}
