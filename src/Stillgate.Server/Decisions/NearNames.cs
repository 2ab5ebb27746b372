namespace Stillgate.Server.Decisions;

/// <summary>Finds the names that a misspelled one was meant for.</summary>
internal static class NearNames
{
    private const int ShownMax = 3;
    private const int SlipsMax = 3;

    /// <summary>What to add to a message about a name that nothing knows: "; did you mean a or b?", or nothing where no known name is near.</summary>
    public static string Hint(string name, IEnumerable<string> known) => Of(name, known) is { Count: > 0 } near ? "; " + Question(near) : "";

    /// <summary>Asks whether one of some near names was meant: "did you mean a or b?".</summary>
    public static string Question(IReadOnlyList<string> near) => $"did you mean {string.Join(" or ", near)}?";

    /// <summary>The known names that differ from one by case, separators or a few letters; the nearest first. Another number is another version, and no slip.</summary>
    public static IReadOnlyList<string> Of(string name, IEnumerable<string> known)
    {
        var sought = Letters(name);
        var slips = Math.Min(SlipsMax, Math.Max(1, sought.Length / 4));
        return
        [
            .. known.Distinct(StringComparer.Ordinal).Where(other => Digits(other) == Digits(name)).Select(other => (Name: other, Slips: Slips(sought, Letters(other), slips))).Where(other => other.Slips <= slips)
                .OrderBy(other => other.Slips).ThenBy(other => other.Name, StringComparer.Ordinal).Take(ShownMax).Select(other => other.Name),
        ];
    }

    private static string Digits(string name) => string.Concat(name.Where(char.IsDigit));

    private static string Letters(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();

    /// <summary>Letters left out, put in, changed or swapped with the next; anything above the bound where it is more.</summary>
    private static int Slips(string left, string right, int bound)
    {
        if (Math.Abs(left.Length - right.Length) > bound)
        {
            return int.MaxValue;
        }

        var rows = new int[left.Length + 1, right.Length + 1];
        for (var i = 0; i <= left.Length; i++)
        {
            for (var j = 0; j <= right.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(rows[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1), Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }

        return rows[left.Length, right.Length];
    }
}
