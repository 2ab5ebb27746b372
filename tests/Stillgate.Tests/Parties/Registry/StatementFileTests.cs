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

    [Theory]
    [InlineData("w.csv", "id;name\na;b\n", "w.csv:1: statement: no such column; expected a header row with it and fields parted by commas, or the kind of every row given beside the file")]
    [InlineData("w.csv", "statement,id,id\nparty,a,b\n", "w.csv:1: id: expected one column of this name, found 2")]
    [InlineData("w.jsonl", "<lei><x></lei>", "w.jsonl:1: expected the XML of GLEIF: ")]
    [InlineData("w.jsonl", "<lei></lei>", "w.jsonl:1: expected the XML of GLEIF: GLEIF: holds no LEIRecord")]
    public void Read_FileOfAnotherSort_IsSaidOnce(string name, string text, string expected)
    {
        using var folder = new TemporaryFolder();

        var (statements, problems) = Read(folder, name, text);

        Assert.Empty(statements);
        Assert.StartsWith(folder.File(expected), Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyLinesThatAreNoStatements_AreOneMistake()
    {
        using var folder = new TemporaryFolder();

        var (statements, problems) = Read(folder, "w.ttl", string.Concat(Enumerable.Range(0, 5000).Select(line => $"line {line}\n")));

        Assert.Empty(statements);
        Assert.StartsWith("not a file of statements; expected JSON Lines, CSV", Assert.Single(problems).Expected, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n \n{\"statement\":\"nonsense\"}\n\n{\"x\":1}\n", new long[] { 3, 5 })]
    [InlineData("\r\n\r\n[\n{]\n", new long[] { 4 })]
    public void Read_EmptyLinesInFront_AreCounted(string text, long[] lines)
    {
        using var folder = new TemporaryFolder();

        var (_, problems) = Read(folder, "blank.jsonl", text);

        Assert.Equal(lines, problems.Select(problem => problem.Line));
    }

    [Fact]
    public void Read_NotUtf8_IsNamedWithItsField()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("l.csv"), System.Text.Encoding.Latin1.GetBytes("statement,id,name\nparty,p,Müller GmbH\n"));
        var problems = new List<LogProblem>();

        Assert.Empty(StatementFile.Read(folder.File("l.csv"), null, null, Now, problems));

        Assert.Equal((2L, "name"), (Assert.Single(problems).Line, problems[0].Field));
        Assert.StartsWith("expected UTF-8", problems[0].Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_GleifXml_GivesWhatItsJsonGives()
    {
        Assert.SkipWhen(Repository.Data is null, "needs the development data (STILLGATE_DATA)");
        var problems = new List<LogProblem>();
        string[] Keys(string file) =>
            [.. StatementFile.Read(Path.Combine(Repository.Data!, "ownership", "gleif", file), null, null, Now, problems).Select(one => one.Statement + " " + one.Key).Order(StringComparer.Ordinal)];

        var (levelOne, levelTwo) = (Keys("lei-data.xml"), Keys("rr-data.xml"));

        Assert.Empty(problems);
        Assert.All(levelOne, key => Assert.StartsWith(StatementForms.Party, key, StringComparison.Ordinal));
        Assert.Contains(levelTwo, key => key.StartsWith(StatementForms.Holding, StringComparison.Ordinal));
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
