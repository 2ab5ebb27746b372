using System.IO.Hashing;
using System.Text;

namespace Stillgate.Lab.LogitTheft;

/// <summary>
/// A language model's last layer and nothing else: a prompt becomes a hidden state of a known size, drawn from its hash, and a fixed
/// matrix makes a logit of each token of it. What a theft of the layer finds can so be compared with what is there.
/// </summary>
internal sealed class ToySoftmax
{
    private readonly double[,] _projection;
    private readonly int _seed;

    public ToySoftmax(int hiddenSize, int vocabularySize, int seed)
    {
        (HiddenSize, VocabularySize, _seed) = (hiddenSize, vocabularySize, seed);
        _projection = new double[vocabularySize, hiddenSize];
        var draw = new Random(seed);
        for (var token = 0; token < vocabularySize; token++)
        {
            for (var at = 0; at < hiddenSize; at++)
            {
                _projection[token, at] = Normal(draw);
            }
        }
    }

    /// <summary>The rank that the theft is after.</summary>
    public int HiddenSize { get; }

    public int VocabularySize { get; }

    /// <summary>The logits of the next token.</summary>
    public double[] Logits(string prompt)
    {
        var draw = new Random(unchecked((int)XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(prompt), _seed)));
        var hidden = new double[HiddenSize];
        for (var at = 0; at < HiddenSize; at++)
        {
            hidden[at] = Normal(draw);
        }

        var logits = new double[VocabularySize];
        for (var token = 0; token < VocabularySize; token++)
        {
            for (var at = 0; at < HiddenSize; at++)
            {
                logits[token] += _projection[token, at] * hidden[at];
            }
        }

        return logits;
    }

    private static double Normal(Random draw) => Math.Sqrt(-2 * Math.Log(1 - draw.NextDouble())) * Math.Cos(2 * Math.PI * draw.NextDouble());
}
