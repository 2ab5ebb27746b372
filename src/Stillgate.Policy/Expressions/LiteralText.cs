using System.Globalization;
using System.Text;

namespace Stillgate.Policy.Expressions;

/// <summary>Text and bytes literals: prefixes <c>r</c> (raw) and <c>b</c> (bytes), single, double and triple quotes, escapes.</summary>
internal static class LiteralText
{
    public static bool StartsAt(string text, int at)
    {
        var quote = SkipPrefix(text, at, out _, out _);
        return quote < text.Length && text[quote] is '"' or '\'';
    }

    public static Token Read(string text, ref int at)
    {
        var start = at;
        at = SkipPrefix(text, at, out var isRaw, out var isBytes);
        var quote = text[at];
        var isTriple = at + 2 < text.Length && text[at + 1] == quote && text[at + 2] == quote;
        var closing = new string(quote, isTriple ? 3 : 1);
        at += closing.Length;

        var bytes = new List<byte>();
        var built = new StringBuilder();
        while (true)
        {
            if (at >= text.Length || (!isTriple && text[at] is '\n' or '\r' && !isTriple))
            {
                throw new ExpressionException(start, "a text literal does not end");
            }

            if (string.CompareOrdinal(text, at, closing, 0, closing.Length) == 0)
            {
                at += closing.Length;
                break;
            }

            if (text[at] == '\\' && !isRaw)
            {
                Escape(text, ref at, isBytes, built, bytes);
            }
            else if (isBytes)
            {
                var length = char.IsHighSurrogate(text[at]) && at + 1 < text.Length ? 2 : 1;
                bytes.AddRange(Encoding.UTF8.GetBytes(text.Substring(at, length)));
                at += length;
            }
            else
            {
                built.Append(text[at++]);
            }
        }

        return isBytes ? new Token(TokenKind.Bytes, start, string.Empty, [.. bytes]) : new Token(TokenKind.String, start, built.ToString());
    }

    private static int SkipPrefix(string text, int at, out bool isRaw, out bool isBytes)
    {
        isBytes = at < text.Length && text[at] is 'b' or 'B';
        at += isBytes ? 1 : 0;
        isRaw = at < text.Length && text[at] is 'r' or 'R';
        return at + (isRaw ? 1 : 0);
    }

    private static void Escape(string text, ref int at, bool isBytes, StringBuilder built, List<byte> bytes)
    {
        var start = at++;
        var letter = at < text.Length ? text[at++] : throw new ExpressionException(start, "an escape does not end");
        var code = letter switch
        {
            'a' => 7,
            'b' => 8,
            'f' => 12,
            'n' => 10,
            'r' => 13,
            't' => 9,
            'v' => 11,
            '\\' or '?' or '"' or '\'' or '`' => letter,
            'x' or 'X' => Digits(text, ref at, start, 2, 16),
            'u' when !isBytes => Digits(text, ref at, start, 4, 16),
            'U' when !isBytes => Digits(text, ref at, start, 8, 16),
            >= '0' and <= '3' => Octal(text, ref at, start),
            _ => throw new ExpressionException(start, $"'\\{letter}' is no escape"),
        };

        if (isBytes)
        {
            bytes.Add((byte)code);
        }
        else if (Rune.IsValid(code))
        {
            built.Append(new Rune(code).ToString());
        }
        else
        {
            throw new ExpressionException(start, "the escape names no code point");
        }
    }

    private static int Octal(string text, ref int at, int start)
    {
        at--;
        return Digits(text, ref at, start, 3, 8);
    }

    private static int Digits(string text, ref int at, int start, int count, int radix)
    {
        if (at + count > text.Length)
        {
            throw new ExpressionException(start, "an escape does not end");
        }

        var value = 0L;
        foreach (var digit in text.AsSpan(at, count))
        {
            var number = char.IsAsciiHexDigit(digit) ? int.Parse([digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture) : radix;
            value = number < radix ? (value * radix) + number : throw new ExpressionException(start, $"the escape needs {count} digits");
        }

        at += count;
        return value <= int.MaxValue ? (int)value : -1;
    }
}
