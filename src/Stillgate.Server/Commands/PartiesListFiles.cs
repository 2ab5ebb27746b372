using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;

namespace Stillgate.Server.Commands;

/// <summary>Reads the files of the screening commands and turns what is wrong with them into a line for the operator.</summary>
internal static class PartiesListFiles
{
    private const int ProblemsShown = 5;

    public static ScreeningList Read(string path) => Read(path, archive: null);

    /// <summary>Reads a list file or, where an archive is given and no file has that name, a version that was kept.</summary>
    public static ScreeningList Read(string path, string? archive)
    {
        var list = Guarded(() => archive is null || File.Exists(path) ? ListFiles.Read(path, name: null, retrieved: null) : new ListArchive(archive).Read(path));
        foreach (var problem in list.Problems.Take(ProblemsShown))
        {
            Console.Error.WriteLine($"stillgate: skipped {problem}");
        }

        if (list.Problems.Count > ProblemsShown)
        {
            Console.Error.WriteLine($"stillgate: skipped {list.Problems.Count - ProblemsShown} further rows of {Path.GetFileName(path)}");
        }

        return list;
    }

    /// <summary>Turns what is wrong with a file into a line for the operator.</summary>
    public static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is ListFormatException or IOException or UnauthorizedAccessException)
        {
            // The message was written for the operator and names the file.
            throw new OperatorException(failure.Message);
        }
    }

    /// <summary>A book of parties has the layout of our plain list.</summary>
    public static IReadOnlyList<ScreeningSubject> ReadBook(string path) =>
        [.. Read(path).Entries.Select(entry => new ScreeningSubject(entry.Id, entry.Names[0].Text, entry.Schema, entry.Dates, entry.Countries))];
}
