using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Filtering;

/// <summary>
/// OpenAI embeddings, each value rounded to a number of significant bits, whether they come as numbers or as base64 of 32-bit
/// floats. The length of a vector changes by less than the rounding, so that similarities still read.
/// </summary>
public sealed class EmbeddingFilter : AnswerFilter
{
    /// <summary>Significant bits of a 32-bit float; nothing is rounded at this many.</summary>
    public const int BitsMax = 24;

    private readonly int _dropped;

    /// <summary>Creates the filter.</summary>
    /// <param name="significantBits">Significant bits that are left, from 1 to <see cref="BitsMax"/>.</param>
    public EmbeddingFilter(int significantBits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(significantBits, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(significantBits, BitsMax);
        _dropped = BitsMax - significantBits;
    }

    internal override bool Concerns(ReadOnlySpan<byte> block) => false;

    internal float Round(float value)
    {
        if (_dropped == 0 || !float.IsFinite(value))
        {
            return value;
        }

        // A carry out of the mantissa raises the exponent, which is what rounding up to the next power of two means.
        var bits = BitConverter.SingleToUInt32Bits(value);
        var rounded = BitConverter.UInt32BitsToSingle((bits + (1U << (_dropped - 1))) & ~((1U << _dropped) - 1));
        return float.IsFinite(rounded) ? rounded : BitConverter.UInt32BitsToSingle(bits & ~((1U << _dropped) - 1));
    }

    private protected override bool OnEvent(ReadOnlySpan<byte> type, JsonElement root, IBufferWriter<byte> into) => true;

    private protected override void OnBody(JsonElement root, JsonSplice splice) =>
        splice.Object(root, member => member.NameEquals("data") && splice.WalkObjects(member, one => splice.Object(one, part => part.NameEquals("embedding") && WriteVector(part, splice))));

    private bool WriteVector(JsonProperty member, JsonSplice splice)
    {
        switch (member.Value.ValueKind)
        {
            case JsonValueKind.String when member.Value.TryGetBytesFromBase64(out var bytes) && bytes.Length % sizeof(float) == 0:
                foreach (ref var value in MemoryMarshal.Cast<byte, float>(bytes.AsSpan()))
                {
                    value = Round(value);
                    RoundedCount++;
                }

                return splice.ReplaceText(member, Convert.ToBase64String(bytes));
            case JsonValueKind.Array:
                return splice.Replace(member, Encoding.ASCII.GetBytes("[" + string.Join(',', member.Value.EnumerateArray().Select(Rounded)) + "]"));
            default:
                throw new AnswerFilterException("An embedding is neither a list of numbers nor base64 of floats.");
        }
    }

    private string Rounded(JsonElement number)
    {
        RoundedCount++;
        return Round((float)number.GetDouble()).ToString("R", CultureInfo.InvariantCulture);
    }
}
