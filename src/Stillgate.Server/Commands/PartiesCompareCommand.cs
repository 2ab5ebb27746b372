using System.CommandLine;
using System.Text.Json;
using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties compare</c>: scores a file of name pairs, so that anyone can measure the matcher.</summary>
internal static class PartiesCompareCommand
{
    private const int NotesShown = 20;

    public static Command Create()
    {
        var pairs = new Argument<string>("PAIRS.csv") { Description = "Comma-separated, with a header that has left, right and schema; further columns are passed over. A schema may be empty, and one that is not known is noted and compared as an unknown kind." };
        var output = new Option<string>("--out") { Description = "Where to write left,right,schema,score,match,explanation, in the same order.", Required = true };
        var json = new Option<bool>("--json") { Description = "Print the counts as JSON." };
        var command = new Command("compare", "Score pairs of names.\n\nExample:\n  stillgate parties compare pairs.csv --out scores.csv") { pairs, output, json };
        command.SetAction(async (result, stop) =>
        {
            try
            {
                var notes = 0;
                var (count, matches) = await CommandProgress.ShowAsync(
                    "Comparing", progress => Task.Run(() => PairFile.Score(result.GetRequiredValue(pairs), result.GetRequiredValue(output), progress, Note, stop), stop));
                if (notes > NotesShown)
                {
                    Console.Error.WriteLine($"stillgate: {notes - NotesShown} further notes");
                }

                void Note(string note)
                {
                    if (++notes <= NotesShown)
                    {
                        Console.Error.WriteLine("stillgate: " + note);
                    }
                }

                Console.Out.WriteLine(result.GetValue(json)
                    ? JsonSerializer.Serialize(new { pairs = count, matches, model = NameMatcher.ModelVersion, threshold = NameMatcher.Threshold })
                    : $"{count} pairs, {matches} match (model {NameMatcher.ModelVersion})");
                return ExitCode.Ok;
            }
            catch (Exception failure) when (failure is ListFormatException or IOException or UnauthorizedAccessException)
            {
                // A file that cannot be read or written is the operator's to mend; the message names it.
                throw new OperatorException(failure.Message);
            }
        });
        return command;
    }
}
