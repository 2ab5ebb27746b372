using Stillgate.Parties.Registry;
using Xunit;

namespace Stillgate.Tests.Parties.Registry;

public sealed class PartyBookTests
{
    [Fact]
    public void Known_StatementsBySeveralDays_TheOneThatBeganLastStands()
    {
        var book = new PartyBook(
        [
            Account(1, from: "2026-01-01", ("plan", "free"), ("country", "DE")),
            Account(2, from: "2026-03-01", ("plan", "team")),
            Account(3, from: "2026-02-01", ("plan", "late news of February")),
        ]);

        Assert.Null(Known(book, "plan", "2025-12-31"));
        Assert.Equal("free", Known(book, "plan", "2026-01-31"));
        Assert.Equal("late news of February", Known(book, "plan", "2026-02-28"));
        Assert.Equal("team", Known(book, "plan", "2026-03-01"));
        Assert.Equal("DE", Known(book, "country", "2026-03-01"));
    }

    [Fact]
    public void Known_AsOfAnEarlierMomentOfLearning_RepeatsWhatWasKnownThen()
    {
        var book = new PartyBook([Account(1, "2026-01-01", ("country", "DE")), Account(20, "2026-01-01", ("country", "SG"))]);

        Assert.Equal("DE", Known(book, "country", "2026-02-01", knownDay: 10));
        Assert.Equal("SG", Known(book, "country", "2026-02-01", knownDay: 20));
    }

    [Fact]
    public void Known_EndedOrWithdrawn_IsNotKnown()
    {
        var ended = Account(1, "2026-01-01", ("plan", "free")) with { ValidTo = Day("2026-02-01") };
        var withdrawn = Account(2, "2026-01-01", ("country", "DE"));
        var book = new PartyBook([ended, withdrawn, withdrawn with { RecordedAt = Recorded(3), ValidFrom = Day("2026-03-01"), Fields = Fields(("country", null)) }]);

        Assert.Equal("free", Known(book, "plan", "2026-01-31"));
        Assert.Null(Known(book, "plan", "2026-02-01"));
        Assert.Equal("DE", Known(book, "country", "2026-02-28"));
        Assert.Null(Known(book, "country", "2026-03-01"));
    }

    private static string? Known(PartyBook book, string field, string day, int knownDay = 100) =>
        book.Known(StatementForms.Account, "acc-1", field, new BookMoment(Day(day), Recorded(knownDay)))?.One;

    private static PartyStatement Account(int recordedDay, string from, params (string Name, string? Value)[] fields) => new()
    {
        Statement = StatementForms.Account,
        Subject = "acc-1",
        Key = "acc-1",
        Fields = Fields(fields),
        ValidFrom = Day(from),
        RecordedAt = Recorded(recordedDay),
        Source = "test",
    };

    private static Dictionary<string, IReadOnlyList<string>> Fields(params (string Name, string? Value)[] fields) =>
        fields.ToDictionary(field => field.Name, field => (IReadOnlyList<string>)(field.Value is null ? [] : [field.Value]));

    private static DateTimeOffset Recorded(int day) => Day("2026-06-01").AddDays(day);

    private static DateTimeOffset Day(string text) => StatementField.Time(text)!.Value;
}
