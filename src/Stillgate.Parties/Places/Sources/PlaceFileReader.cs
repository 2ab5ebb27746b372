using System.IO.Compression;
using System.Security.Cryptography;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Places.Sources;

/// <summary>Reads the files of one source, each by the form that its name says: <c>.mmdb</c>, <c>.csv</c>, <c>.txt</c>, the last two also with <c>.gz</c>.</summary>
internal static class PlaceFileReader
{
    /// <summary>Reads all files into one set of ranges.</summary>
    /// <param name="paths">At least one file.</param>
    /// <param name="source">The source's name, for messages.</param>
    /// <param name="says">What the source tells.</param>
    /// <returns>The ranges, settled, and SHA-256 over the bytes of all files in order.</returns>
    /// <exception cref="PlacesException">A file is missing, too large, empty or not of its form.</exception>
    public static (PlaceRanges Ranges, string Sha256) Read(IReadOnlyList<string> paths, string source, PlaceSays says)
    {
        var ranges = new PlaceRanges();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var path in paths)
        {
            if (InputFile.WrongWith(path) is { } wrong)
            {
                throw new PlacesException($"{source}: {wrong}");
            }

            try
            {
                ReadOne(path, says, ranges, hash);
            }
            catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                throw new PlacesException($"{source}: {path}: cannot be read: {cause.Message}");
            }
        }

        ranges.Settle(source);
        if (ranges.Count == 0)
        {
            throw new PlacesException($"{source}: {string.Join(", ", paths)}: no range in it; expected at least one");
        }

        return (ranges, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void ReadOne(string path, PlaceSays says, PlaceRanges into, IncrementalHash hash)
    {
        var file = Path.GetFileName(path);
        var length = new FileInfo(path).Length;
        if (length is 0 or > PlacesFile.SourceFileBytesMax)
        {
            throw new PlacesException($"{path}: {length} bytes; expected from 1 to {PlacesFile.SourceFileBytesMax}");
        }

        hash.AppendData(File.ReadAllBytes(path));
        var name = file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
        if (name.EndsWith(".mmdb", StringComparison.OrdinalIgnoreCase))
        {
            MmdbReader.Read(path, file, says, into);
            return;
        }

        using var stream = File.OpenRead(path);
        using Stream plain = name.Length == file.Length ? stream : new GZipStream(stream, CompressionMode.Decompress);
        using var text = new StreamReader(plain);
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && says is PlaceSays.Country or PlaceSays.Network)
        {
            RangeTableReader.Read(text, file, says, into);
        }
        else if (says is not (PlaceSays.Country or PlaceSays.Network))
        {
            CidrListReader.Read(text, file, into);
        }
        else
        {
            throw new PlacesException($"{path}: {says} from a file of this name; expected .mmdb, .csv or .csv.gz");
        }
    }
}
