using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;

namespace Stillgate.Server.Commands;

/// <summary>Reads the files of the screening commands and turns what is wrong with them into a line for the operator.</summary>
internal static class PartiesListFiles
{
    private const int ProblemsShown = 5;

    public static ScreeningList Read(string path)
    {
        try
        {
            var list = ListFiles.Read(path, name: null, retrieved: null);
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
