using Microsoft.Data.Sqlite;
using Stillgate.Parties.Registry;
using Stillgate.Storage;
using Stillgate.Storage.Registry;
using Xunit;

namespace Stillgate.Tests.Storage;

public sealed class StatementStoreTests
{
    [Fact]
    public void Add_ThenList_GivesTheStatementsBack()
    {
        using var folder = new TemporaryFolder();
        using var database = StillgateDatabase.Open(StoreFolder.Open(folder.Path));
        var statement = Statement("acc-1");

        new StatementStore(database).Add([statement, Statement("acc-2")]);
        var read = new StatementStore(database).List();

        Assert.Equal(["acc-1", "acc-2"], read.Select(one => one.Subject));
        Assert.Equal(statement.Fields["scope"], read[0].Fields["scope"]);
        Assert.Equal((statement.ValidFrom, statement.ValidTo, statement.RecordedAt, statement.Source), (read[0].ValidFrom, read[0].ValidTo, read[0].RecordedAt, read[0].Source));
    }

    [Fact]
    public void Add_FailsHalfWay_AddsNothing()
    {
        using var folder = new TemporaryFolder();
        using var database = StillgateDatabase.Open(StoreFolder.Open(folder.Path));

        Assert.Throws<InvalidOperationException>(() => new StatementStore(database).Add(Broken()));

        Assert.Empty(new StatementStore(database).List());
    }

    [Theory]
    [InlineData("UPDATE party_statement SET source = 'another'")]
    [InlineData("DELETE FROM party_statement")]
    public void Statement_EditedPastTheStore_IsRefusedByTheDatabase(string sql)
    {
        using var folder = new TemporaryFolder();
        using var database = StillgateDatabase.Open(StoreFolder.Open(folder.Path));
        new StatementStore(database).Add([Statement("acc-1")]);
        using var command = database.Command(sql);

        var refused = Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());

        Assert.Contains("added to, never edited", refused.Message, StringComparison.Ordinal);
        Assert.Single(new StatementStore(database).List());
    }

    private static IEnumerable<PartyStatement> Broken()
    {
        yield return Statement("acc-1");
        throw new InvalidOperationException("the reader failed");
    }

    private static PartyStatement Statement(string account) => new()
    {
        Statement = StatementForms.Attestation,
        Subject = account,
        Key = StatementForm.Key(account, "at-1"),
        Fields = new Dictionary<string, IReadOnlyList<string>> { ["holder"] = [account], ["id"] = ["at-1"], ["kind"] = ["research"], ["scope"] = ["m-1", "m-2"] },
        ValidFrom = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        ValidTo = new DateTimeOffset(2027, 1, 1, 0, 0, 0, TimeSpan.Zero),
        RecordedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero).AddTicks(9),
        Source = "register",
    };
}
