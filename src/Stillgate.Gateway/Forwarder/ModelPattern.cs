namespace Stillgate.Gateway.Forwarder;

/// <summary>Matches model names; <c>*</c> stands for any run of characters, everything else for itself.</summary>
internal static class ModelPattern
{
    public static bool Matches(ReadOnlySpan<char> pattern, ReadOnlySpan<char> model)
    {
        int p = 0, m = 0, star = -1, resume = 0;
        while (m < model.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, m);
            }
            else if (p < pattern.Length && pattern[p] == model[m])
            {
                p++;
                m++;
            }
            else if (star >= 0)
            {
                // Let the last star take one character more.
                (p, m) = (star + 1, ++resume);
            }
            else
            {
                return false;
            }
        }

        return pattern[p..].Trim('*').IsEmpty;
    }
}
