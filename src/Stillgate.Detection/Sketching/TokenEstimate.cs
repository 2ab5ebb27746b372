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

        var looked = text.AsSpan(0, Math.Min(text.Length, 256));
        return (int)(text.Length / (UnspacedCount(looked) * 2 > looked.Length ? 1.5 : 4.0)) + 1;
    }

    private static int UnspacedCount(ReadOnlySpan<char> text)
    {
        // Most texts hold no such character, and that is seen for many characters at once.
        if (!text.ContainsAnyInRange(MaskedText.UnspacedMin, char.MaxValue))
        {
            return 0;
        }

        var count = 0;
        foreach (var c in text)
        {
            count += MaskedText.IsUnspaced(c) ? 1 : 0;
        }

        return count;
    }
}
