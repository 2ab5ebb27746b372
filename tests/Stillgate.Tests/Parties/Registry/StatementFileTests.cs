using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Parties.Registry;

public sealed class StatementFileTests
{
    private static readonly DateTimeOffset Now = new(2026, 6, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Read_JsonLinesAndCsv_GiveTheSameStatements()
    {
        using var folder = new TemporaryFolder();
        var (lines, jsonProblems) = Read(folder, "a.jsonl", """
            {"statement":"account","id":"acc-1","organization":"org-1","reseller":true,"tags":{"unit":"eu","team":"7"},"valid_from":"2026-01-01","source":"form 7"}
            """);
        var (rows, csvProblems) = Read(folder, "a.csv", """
            statement,id,organization,reseller,tags,valid_from,source
            account,acc-1,org-1,true,"unit=eu; team=7",2026-01-01,form 7
            """);

        Assert.Empty(jsonProblems);
        Assert.Empty(csvProblems);
        var (line, row) = (Assert.Single(lines), Assert.Single(rows));
        Assert.Equal(["unit=eu", "team=7"], line.Fields["tags"]);
        Assert.Equal(line.Fields.Select(Shown), row.Fields.Select(Shown));
        Assert.Equal((line.Subject, line.Key, line.ValidFrom, line.Source), (row.Subject, row.Key, row.ValidFrom, row.Source));
        Assert.Equal(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), row.ValidFrom);
    }

    [Fact]
    public void Read_WrongLines_NamesFileLineFieldAndWhatWasExpected()
    {
        using var folder = new TemporaryFolder();

        var (statements, problems) = Read(folder, "w.jsonl", """
            {"statement":"account","id":"acc-1","country":"Germany","colour":"red"}
            {"statement":"holdin","id":"h"}
            {"id":"x"}
            not json
            {"statement":"holding","id":"h","owner":"a","share":120}
            {"statement":"party","id":"p","valid_from":"2026-02-01","valid_to":"2026-01-01"}
            """);

        Assert.Empty(statements);
        Assert.Equal(
            [(1, "country"), (1, "colour"), (2, "statement"), (3, "statement"), (4, ""), (5, "share"), (5, "owned"), (6, "valid_to")],
            problems.Select(problem => ((int)problem.Line, problem.Field)));
        Assert.Contains(problems, problem => problem.ToString() == $"{folder.File("w.jsonl")}:1: country: expected a country of two capital letters, such as DE");
    }

    [Fact]
    public void Read_RowShorterThanHeader_IsNamed()
    {
        using var folder = new TemporaryFolder();

        var (_, problems) = Read(folder, "s.csv", "statement,id\naccount\n");

        Assert.Equal((2L, "expected 2 fields as in the header, found 1"), (Assert.Single(problems).Line, problems[0].Expected));
    }

    [Fact]
    public void Read_BodsExamples_KeepWhatTheReaderFound()
    {
        Assert.SkipWhen(Repository.Data is null, "needs the development data (STILLGATE_DATA)");
        var files = Directory.GetFiles(Path.Combine(Repository.Data!, "ownership"), "*.json", SearchOption.AllDirectories)
            .Where(file => file.Contains("bods", StringComparison.OrdinalIgnoreCase) && File.ReadAllText(file).TrimStart().StartsWith('[')).ToArray();
        Assert.SkipWhen(files.Length == 0, "no BODS example in the development data");
        var problems = new List<LogProblem>();

        var statements = files.SelectMany(file => StatementFile.Read(file, null, null, Now, problems)).ToArray();

        Assert.Empty(problems);
        Assert.Contains(statements, one => one.Statement == StatementForms.Holding);
        Assert.Contains(statements, one => one.Statement == StatementForms.Party);
    }

    private static string Shown(KeyValuePair<string, IReadOnlyList<string>> field) => field.Key + ":" + string.Join("|", field.Value);

    private static (IReadOnlyList<PartyStatement> Statements, List<LogProblem> Problems) Read(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        var problems = new List<LogProblem>();
        return (StatementFile.Read(folder.File(name), null, null, Now, problems), problems);
    }
}
