using Stillgate.Detection.Sketching;

namespace Stillgate.Lab.Cueing;

/// <summary>Puts fitted weights into the bytes of a <see cref="CueModel"/>.</summary>
internal static class CueWeights
{
    // The few weights beyond it are cut: a scale that kept them would leave the many small ones nothing.
    private const double Kept = 0.9998;

    public static CueModel Quantise(float[] weights, double threshold, float[][] families)
    {
        var scale = Scale(weights.AsSpan(..^1).ToArray());
        var familyScale = Scale([.. families.SelectMany(family => family[..^1])]);
        var familyWeights = new sbyte[families.Length << CueModel.FamilyBits];
        for (var family = 0; family < families.Length; family++)
        {
            for (var feature = 0; feature < 1 << CueModel.FamilyBits; feature++)
            {
                familyWeights[(feature * families.Length) + family] = Byte(families[family][feature], familyScale);
            }
        }

        return new CueModel((float)(threshold * scale), [.. weights[..^1].Select(weight => Byte(weight, scale))], familyWeights);
    }

    private static sbyte Byte(float weight, double scale) => (sbyte)Math.Clamp(Math.Round(weight * scale), sbyte.MinValue + 1, sbyte.MaxValue);

    private static double Scale(float[] weights)
    {
        var sizes = weights.Where(weight => weight != 0).Select(Math.Abs).Order().ToArray();
        return sbyte.MaxValue / sizes[(int)(sizes.Length * Kept)];
    }
}
