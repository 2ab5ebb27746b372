using System.Text;
using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Parties.Registry;

public sealed class RegistrationTableTests
{
    private const string Table = """
        account,organization,createdAt,name,payment.fingerprint,payment.country,address.country,plan,monthlyQuota,reseller,attestations[0].kind,attestations[0].scope,attestations[0].validTo
        acc-17,org-3,2026-04-20T08:11:00Z,"Müller, Söhne & Co",pf_91,US,DE,scale,5000000,true,research,m-large; m-small,2026-12-31
        acc-18,,2026-04-21,,,,,,,,,,
        """;

    private const string Lines = """
        {"v":1,"account":"acc-17","organization":"org-3","createdAt":"2026-04-20T08:11:00Z","name":"Müller, Söhne & Co","payment":{"fingerprint":"pf_91","country":"US"},"address":{"country":"DE"},"plan":"scale","monthlyQuota":5000000,"reseller":true,"attestations":[{"kind":"research","scope":["m-large","m-small"],"validTo":"2026-12-31"}]}
        {"v":1,"account":"acc-18","createdAt":"2026-04-21T00:00:00Z"}
        """;

    [Fact]
    public void Read_Table_GivesWhatTheSameLinesGive()
    {
        using var writer = new ExchangeLineWriter();

        var (rows, problems) = Read(Table);
        var lines = RegistrationFile.ReadAll(new MemoryStream(Encoding.UTF8.GetBytes(Lines)), "lines", problem => Assert.Fail(problem.ToString()));

        Assert.Empty(problems);
        Assert.Equal(lines.Select(record => Encoding.UTF8.GetString(writer.Encode(record).Span)), rows.Select(record => Encoding.UTF8.GetString(writer.Encode(record).Span)));
    }

    [Fact]
    public void Read_WrongRows_NamesEveryCellWithLineAndWhatWasExpected()
    {
        var (rows, problems) = Read("""
            account,v,createdAt,address.country,monthlyQuota,reseller,attestations[0].kind,attestations[0].validFrom
            ,,,,,,,
            acc-1,,yesterday,Germany,many,maybe,sainthood,soon
            acc-2,2,,,,,,
            acc-3,,
            acc-4,,,,,,,2026-01-01
            acc-5,1,2026-01-01,DE,7,false,research,2026-01-01
            """);

        Assert.Equal("acc-5", Assert.Single(rows).Account);
        Assert.Equal(
            [
                "book.csv:2: account: missing; the format needs it",
                "book.csv:3: createdAt: expected a day or time such as 2026-05-01 or 2026-05-01T09:00:00Z",
                "book.csv:3: address.country: expected a country of two capital letters, such as DE",
                "book.csv:3: monthlyQuota: expected an integer or null",
                "book.csv:3: reseller: expected true, false or null",
                "book.csv:3: attestations[0].kind: expected one of research, evaluation, authorised-training, us-person, verified-organization, reseller",
                "book.csv:3: attestations[0].validFrom: expected a date such as 2026-05-01, or null",
                "book.csv:4: v: expected 1, the only version this build reads",
                "book.csv:5: expected 8 fields as in the header, found 3",
                "book.csv:6: attestations[0].kind: missing; the format needs it",
            ],
            problems.Select(problem => problem.ToString()));
    }

    [Theory]
    [InlineData("account,colour\na,red\n", "book.csv:1: colour: no column of a registration; expected v, account, organization")]
    [InlineData("account,plan,plan\na,b,c\n", "book.csv:1: plan: expected one column of this name, found 2")]
    [InlineData("organization\no\n", "book.csv:1: account: no such column; expected a header row with it, fields parted by commas")]
    public void Read_WrongHeader_IsSaidOnceAndNoRowIsRead(string table, string expected)
    {
        var (rows, problems) = Read(table);

        Assert.Empty(rows);
        Assert.StartsWith(expected, Assert.Single(problems).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NotUtf8_IsNamedAndNotTakenInWithWrongLetters()
    {
        var problems = new List<LogProblem>();

        var rows = RegistrationTable.Read(new MemoryStream(Encoding.Latin1.GetBytes("account,name\nacc-1,Müller\n")), "book.csv", problems.Add);

        Assert.Empty(rows);
        Assert.Equal((2L, "name"), (Assert.Single(problems).Line, problems[0].Field));
        Assert.StartsWith("expected UTF-8", problems[0].Expected, StringComparison.Ordinal);
    }

    private static (IReadOnlyList<RegistrationRecord> Rows, List<LogProblem> Problems) Read(string table)
    {
        var problems = new List<LogProblem>();
        return (RegistrationTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(table)), "book.csv", problems.Add), problems);
    }
}
