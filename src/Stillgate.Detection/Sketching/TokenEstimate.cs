namespace Stillgate.Detection.Sketching;

/// <summary>Tokens of a text where the provider billed none.</summary>
internal static class TokenEstimate
{
    public static int Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return 0;
        }

        var looked = Math.Min(text.Length, 256);
        var dense = 0;
        for (var i = 0; i < looked; i++)
        {
            dense += MaskedText.IsUnspaced(text[i]) ? 1 : 0;
        }

        return (int)(text.Length / (dense * 2 > looked ? 1.5 : 4.0)) + 1;
    }
}
