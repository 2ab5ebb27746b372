using System.Text;

namespace Stillgate.Parties.Lists;

/// <summary>Reads comma- or tab-separated records after RFC 4180: quoted fields may hold the separator, line ends and doubled quotes.</summary>
public static class DelimitedReader
{
    /// <summary>A field longer than this is cut off there; no list has one, and it bounds what a broken quote can swallow.</summary>
    public const int FieldCharsMax = 1 << 20;

    private const int EndOfFileMark = 0x1A;

    /// <summary>Reads every record; blank lines and the DOS end-of-file mark are passed over.</summary>
    /// <param name="reader">Open text; the caller disposes it.</param>
    /// <param name="separator">The character between fields.</param>
    public static IEnumerable<DelimitedRow> Read(TextReader reader, char separator)
    {
        ArgumentNullException.ThrowIfNull(reader);
        long line = 1;
        while (reader.Peek() >= 0)
        {
            var start = line;
            var fields = ReadRecord(reader, separator, ref line, out var isUnclosed);
            if (fields.Count > 1 || (fields.Count == 1 && fields[0].Trim().Length > 0))
            {
                yield return new DelimitedRow(start, [.. fields]) { IsUnclosed = isUnclosed };
            }
        }
    }

    private static List<string> ReadRecord(TextReader reader, char separator, ref long line, out bool isUnclosed)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        while (true)
        {
            var next = reader.Read();
            if (next < 0 || IsEnd(next))
            {
                break;
            }

            var letter = (char)next;
            line += letter == '\n' ? 1 : 0;
            if (quoted)
            {
                if (letter != '"')
                {
                    Append(field, letter);
                }
                else if (reader.Peek() == '"')
                {
                    reader.Read();
                    Append(field, '"');
                }
                else
                {
                    quoted = false;
                }
            }
            else if (letter == '\n')
            {
                break;
            }
            else if (letter == separator)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else if (letter == '"' && string.IsNullOrWhiteSpace(field.ToString()))
            {
                field.Clear();
                quoted = true;
            }
            else if (letter != '\r')
            {
                Append(field, letter);
            }
        }

        isUnclosed = quoted;
        fields.Add(field.ToString());
        return fields;

        // Inside of a line the mark is a character like others: a row must not become two.
        bool IsEnd(int letter) => letter == EndOfFileMark && !quoted && ((fields.Count == 0 && field.Length == 0) || reader.Peek() < 0);
    }

    private static void Append(StringBuilder field, char letter)
    {
        if (field.Length < FieldCharsMax)
        {
            field.Append(letter);
        }
    }
}
