using Stillgate.Parties.Places.Sources;

namespace Stillgate.Parties.Places;

/// <summary>Makes a places file out of its sources and puts it where the old one stood.</summary>
public static class PlacesFile
{
    /// <summary>Beside a places file: what stood there before the last update.</summary>
    public const string PreviousSuffix = ".previous";

    /// <summary>The largest file of a source that is read. No database of countries or networks comes near it; it bounds what a wrong path can cost.</summary>
    public const long SourceFileBytesMax = 1L << 30;

    private const string PartialSuffix = ".partial";

    /// <summary>
    /// Reads all sources, merges them, writes the file beside its place, reads it back, and only then renames it into place. Whatever fails before leaves the old file
    /// as it was; readers that have it open go on with it.
    /// </summary>
    /// <param name="path">The file's place.</param>
    /// <param name="sources">One to 32 sources of different names.</param>
    /// <param name="built">The time that the file and its sources state.</param>
    /// <param name="progress">The share that is done, or null.</param>
    /// <exception cref="PlacesException">A source cannot be read or is wrong.</exception>
    public static void Replace(string path, IReadOnlyList<PlaceSourceFiles> sources, DateTimeOffset built, IProgress<double>? progress)
    {
        ArgumentNullException.ThrowIfNull(sources);
        if (sources.GroupBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new PlacesException($"two sources are called '{twice.Key}'; expected a name of its own for each");
        }

        var read = new List<(PlaceSource, PlaceRanges)>();
        foreach (var source in sources)
        {
            var (ranges, sha256) = PlaceFileReader.Read(source.Files, source.Name, source.Says);
            read.Add((Described(source, ranges, sha256, built), ranges));
            progress?.Report((double)read.Count / (sources.Count + 2));
        }

        var bytes = PlacesWriter.Write(new PlacesCompiler(read), built);
        progress?.Report((sources.Count + 1.0) / (sources.Count + 2));
        try
        {
            Put(path, bytes);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new PlacesException($"{path}: cannot be written: {cause.Message}");
        }
    }

    private static void Put(string path, byte[] bytes)
    {
        var partial = path + PartialSuffix;
        using (var stream = new FileStream(partial, FileMode.Create, FileAccess.Write))
        {
            stream.Write(bytes);
            stream.Flush(flushToDisk: true);
        }

        // What was just written is checked as any reader will check it, before it takes the place of a good file.
        using (PlacesIndex.Open(partial))
        {
        }

        if (File.Exists(path))
        {
            File.Copy(path, path + PreviousSuffix + PartialSuffix, overwrite: true);
            File.Move(path + PreviousSuffix + PartialSuffix, path + PreviousSuffix, overwrite: true);
        }

        File.Move(partial, path, overwrite: true);
    }

    private static PlaceSource Described(PlaceSourceFiles source, PlaceRanges ranges, string sha256, DateTimeOffset built) => new()
    {
        Name = source.Name,
        Says = source.Says,
        Basis = source.Basis,
        Origin = source.Origin,
        Version = source.Version,
        Licence = source.Licence,
        Notice = source.Notice,
        Integrity = source.Integrity,
        Sha256 = sha256,
        Retrieved = built,
        RangeCount = ranges.Count,
        ContradictionCount = ranges.ContradictionCount,
    };
}
