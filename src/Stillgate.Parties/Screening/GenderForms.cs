namespace Stillgate.Parties.Screening;

/// <summary>Surnames that change with the bearer's gender: Ivanov and Ivanova, Kowalski and Kowalska.</summary>
internal static class GenderForms
{
    private static readonly (string One, string Other)[] Endings =
    [
        ("ov", "ova"), ("ev", "eva"), ("in", "ina"), ("yn", "yna"), ("off", "ova"), ("sky", "skaya"), ("skiy", "skaya"), ("skii", "skaya"), ("ski", "skaya"), ("skij", "skaja"),
        ("ski", "ska"), ("cki", "cka"), ("sky", "ska"), ("skyi", "ska"), ("yy", "aya"), ("iy", "aya"), ("ovich", "ovna"), ("evich", "evna"),
    ];

    public static bool Agree(string left, string right)
    {
        if (left.Length < 4 || right.Length < 4 || left[0] != right[0] || left[1] != right[1] || left[2] != right[2])
        {
            return false;
        }

        foreach (var (one, other) in Endings)
        {
            if (Fits(left, right, one, other) || Fits(right, left, one, other))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Fits(string left, string right, string one, string other)
    {
        const int StemCharsMin = 3;
        var stem = left.Length - one.Length;
        return stem >= StemCharsMin && right.Length == stem + other.Length && left.EndsWith(one, StringComparison.Ordinal)
            && right.EndsWith(other, StringComparison.Ordinal) && left.AsSpan(0, stem).SequenceEqual(right.AsSpan(0, stem));
    }
}
