using System.Security.Cryptography;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Lists;

/// <summary>Reads a list file of any known format, told by its content.</summary>
public static class ListFiles
{
    /// <summary>Reads a list. For an OFAC primary file its alias and address files beside it are read too.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The list's name, or null for the file's folder and name.</param>
    /// <param name="retrieved">When it was retrieved, or null for the file's modification time.</param>
    /// <exception cref="ListFormatException">The file is absent, empty or of no known format.</exception>
    public static ScreeningList Read(string path, string? name, DateTimeOffset? retrieved)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (InputFile.WrongWith(path) is { } wrong)
        {
            throw new ListFormatException(wrong);
        }

        var content = new ListContent(Path.GetFileName(path));
        var files = new List<string> { path };
        var format = ReadContent(content, path, files);
        var version = new ListVersion(
            name ?? Path.GetFileNameWithoutExtension(path),
            Hash(files),
            retrieved ?? new DateTimeOffset(File.GetLastWriteTimeUtc(path), TimeSpan.Zero),
            content.Entries.Count);
        return new ScreeningList(version, format, content.Entries, content.Problems);
    }

    private static string ReadContent(ListContent content, string path, List<string> files)
    {
        if (IsXml(path))
        {
            UnFormat.Read(content, path);
            return content.Entries.Count > 0 ? "un-xml" : throw new ListFormatException($"{content.File}: expected INDIVIDUAL or ENTITY elements of the UN consolidated list");
        }

        using var reader = new StreamReader(path);
        var separator = Separator(path);
        using var rows = DelimitedReader.Read(reader, separator).GetEnumerator();
        if (!rows.MoveNext())
        {
            throw new ListFormatException($"{content.File}: expected a list, found an empty file");
        }

        var first = rows.Current.Fields;
        if (OfacFormat.Fits(first))
        {
            var isConsolidated = Path.GetFileName(path).Contains("cons", StringComparison.OrdinalIgnoreCase);
            OfacFormat.Read(content, path, isConsolidated ? "OFAC-CONS" : "SDN");
            files.AddRange(OfacFormat.Companions(path).Where(File.Exists));
            return isConsolidated ? "ofac-cons" : "ofac-sdn";
        }

        var format = TableFormat.Recognise(first)
            ?? throw new ListFormatException($"{content.File}:1: expected OFAC's 12 columns, or a header with 'name' (CSL, Denied Persons, plain) or 'entity' (Entity List)");
        TableFormat.Read(content, Rest(rows), format, first, Path.GetFileNameWithoutExtension(path));
        return format;
    }

    private static IEnumerable<DelimitedRow> Rest(IEnumerator<DelimitedRow> rows)
    {
        while (rows.MoveNext())
        {
            yield return rows.Current;
        }
    }

    private static bool IsXml(string path)
    {
        using var reader = new StreamReader(path);
        int letter;
        do
        {
            letter = reader.Read();
        }
        while (letter >= 0 && char.IsWhiteSpace((char)letter));
        return letter == '<';
    }

    private static char Separator(string path)
    {
        using var reader = new StreamReader(path);
        var line = reader.ReadLine() ?? "";
        return line.Count(letter => letter == '\t') > line.Count(letter => letter == ',') ? '\t' : ',';
    }

    private static string Hash(List<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
