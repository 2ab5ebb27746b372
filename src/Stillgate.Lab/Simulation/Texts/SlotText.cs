using System.Collections.Concurrent;
using System.Text;

namespace Stillgate.Lab.Simulation.Texts;

/// <summary>
/// An authored text with slots <c>{name}</c> and alternatives <c>[[this|that]]</c>. Alternatives are settled once for each user
/// of the text (an application, a ring, an account); slots are filled for each request.
/// </summary>
internal sealed class SlotText
{
    // Authored texts without alternatives are met again and again; there are some thousands of them, and no other text comes here.
    private static readonly ConcurrentDictionary<string, SlotText> Parsed = new(ReferenceEqualityComparer.Instance);
    private readonly List<(string Literal, string? Slot)> _parts = [];

    private SlotText(string text) => Parse(text);

    /// <summary>A text whose alternatives were settled already.</summary>
    public static SlotText Settled(string text) => new(text);

    public static SlotText Settle(string text, Chance chance) => new(Choose(text, chance));

    /// <summary>Settles and fills in one step, for texts that are used once.</summary>
    public static string Render(string text, Chance chance, Func<string, string> fill) =>
        (text.Contains("[[", StringComparison.Ordinal) ? new SlotText(Choose(text, chance)) : Parsed.GetOrAdd(text, static authored => new SlotText(authored))).Render(fill);

    public bool Has(string slot) => _parts.Exists(part => part.Slot == slot);

    public string Render(Func<string, string> fill)
    {
        if (_parts.Count == 1 && _parts[0].Slot is null)
        {
            return _parts[0].Literal;
        }

        var text = new StringBuilder();
        foreach (var (literal, slot) in _parts)
        {
            text.Append(literal);
            if (slot is not null)
            {
                text.Append(fill(slot));
            }
        }

        return text.ToString();
    }

    private static string Choose(string text, Chance chance)
    {
        var open = text.IndexOf("[[", StringComparison.Ordinal);
        if (open < 0)
        {
            return text;
        }

        var settled = new StringBuilder();
        var done = 0;
        for (; open >= 0; open = text.IndexOf("[[", done, StringComparison.Ordinal))
        {
            var close = text.IndexOf("]]", open, StringComparison.Ordinal);
            settled.Append(text, done, open - done).Append(chance.Pick(text[(open + 2)..close].Split('|')));
            done = close + 2;
        }

        return settled.Append(text, done, text.Length - done).ToString();
    }

    // A brace pair is a slot only around lower-case letters and digits, so that JSON examples may stand in a text.
    private void Parse(string text)
    {
        var literalFrom = 0;
        for (var open = text.IndexOf('{', StringComparison.Ordinal); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            var name = text[(open + 1)..close];
            if (name.Length > 0 && name.All(char.IsAsciiLetterOrDigit))
            {
                _parts.Add((text[literalFrom..open], name));
                literalFrom = close + 1;
            }
        }

        _parts.Add((text[literalFrom..], null));
    }
}
