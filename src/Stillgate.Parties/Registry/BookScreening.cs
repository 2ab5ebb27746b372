using System.Globalization;
using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;

namespace Stillgate.Parties.Registry;

/// <summary>
/// Screens every party of a book against a version of a list, and states what came of it. A machine finds or clears; only a person
/// confirms: where somebody has judged the same entry of the list before, that judgement is carried over to the new version.
/// </summary>
public static class BookScreening
{
    private const string Method = "screening";
    private const string Repeated = Method + "; nothing that changed can touch it since ";

    private static readonly string[] Screened = ["name", "aliases", "kind", "born", "headquarters", "jurisdiction"];

    /// <summary>Screens the parties whose name is known.</summary>
    /// <param name="book">The book.</param>
    /// <param name="list">The list, as it was read.</param>
    /// <param name="name">The list's name, as policies name it.</param>
    /// <param name="at">When.</param>
    public static IEnumerable<PartyStatement> Screen(PartyBook book, ScreeningList list, string name, DateTimeOffset at) => Screen(book, list, name, at, since: null);

    /// <summary>
    /// The same on a new version of a list: a party that was screened against the version before, has not changed since, and that the difference between the
    /// two cannot touch keeps its verdict, which is stated again for the new version.
    /// </summary>
    /// <param name="book">The book.</param>
    /// <param name="list">The list, as it was read.</param>
    /// <param name="name">The list's name, as policies name it.</param>
    /// <param name="at">When.</param>
    /// <param name="since">The version before; null to screen everybody.</param>
    public static IEnumerable<PartyStatement> Screen(PartyBook book, ScreeningList list, string name, DateTimeOffset at, ScreeningList? since)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(list);
        var index = ScreeningIndex.Build([list]);
        var rescreening = since is null ? null : new Rescreening(ListDiff.Between(since, list), list);
        var moment = new BookMoment(at, at);
        var count = 0;
        foreach (var party in book.Parties)
        {
            if (Subjects(book, party, moment) is not [_, ..] subjects)
            {
                continue;
            }

            var kept = rescreening is null ? null : VerdictSince(book, party, name, since!.Version, moment);
            var isTouched = kept is null || subjects.Any(subject => rescreening!.MayChange(subject, kept.One("entry") is { } entry ? [entry] : []));
            var hit = isTouched ? subjects.SelectMany(subject => index.Screen(subject, hitsMax: 1)).OrderByDescending(one => one.Result.Score).FirstOrDefault() : null;
            yield return isTouched ? State(book, party, name, list.Version, hit, at.AddTicks(count++)) : Again(kept!, list.Version, at.AddTicks(count++));
        }
    }

    /// <summary>Whether a statement of a screening was made anew, or repeats the verdict on the version before.</summary>
    public static bool IsRepeated(PartyStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.Source.StartsWith(Repeated, StringComparison.Ordinal);
    }

    /// <summary>A party under each of its names; empty where no name is known.</summary>
    private static ScreeningSubject[] Subjects(PartyBook book, string party, BookMoment moment)
    {
        string? Known(string field) => book.Known(StatementForms.Party, party, field, moment)?.One;

        if (Known("name") is not { } known)
        {
            return [];
        }

        var names = book.Known(StatementForms.Party, party, "aliases", moment)?.Values.Prepend(known) ?? [known];
        var schema = Known("kind") == "person" ? EntitySchema.Person : EntitySchema.Organization;
        string[] dates = Known("born") is { } born ? [born[..10]] : [];
        string[] countries = [.. new[] { Known("headquarters"), Known("jurisdiction") }.OfType<string>().Distinct()];
        return [.. names.Select(one => new ScreeningSubject(party, one, schema, dates, countries))];
    }

    /// <summary>The verdict on exactly the version before, where nothing that was screened has been stated since.</summary>
    private static PartyStatement? VerdictSince(PartyBook book, string party, string list, ListVersion before, BookMoment moment)
    {
        var verdict = book.Known(StatementForms.Screening, StatementForm.Key(party, list), "result", moment)?.Statement;
        return verdict?.One("list_version")?.StartsWith(before.Sha256[..16], StringComparison.Ordinal) == true
            && !Screened.Any(field => book.Known(StatementForms.Party, party, field, moment)?.Statement.RecordedAt > verdict.RecordedAt) ? verdict : null;
    }

    private static PartyStatement Again(PartyStatement verdict, ListVersion version, DateTimeOffset at) => verdict with
    {
        Fields = new Dictionary<string, IReadOnlyList<string>>(verdict.Fields, StringComparer.Ordinal) { ["list_version"] = [Written(version)] },
        ValidFrom = at,
        RecordedAt = at,
        Source = Repeated + verdict.One("list_version"),
    };

    private static string Written(ListVersion version) => version.Sha256[..16] + " of " + version.Retrieved.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static PartyStatement State(PartyBook book, string party, string list, ListVersion version, ScreeningHit? hit, DateTimeOffset at)
    {
        var key = StatementForm.Key(party, list);
        var before = book.Known(StatementForms.Screening, key, "result", new BookMoment(at, at))?.Statement;
        var isJudged = hit is not null && before is not null && before.One("entry") == hit.Entry.Id && before.One("result") != "possible";
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["party"] = [party],
            ["list"] = [list],
            ["list_version"] = [Written(version)],
            ["result"] = [hit is null ? "clear" : isJudged ? before!.One("result")! : "possible"],
        };
        if (hit is not null)
        {
            fields["entry"] = [hit.Entry.Id];
            fields["score"] = [hit.Result.Score.ToString("0.000", CultureInfo.InvariantCulture)];
        }

        return new PartyStatement
        {
            Statement = StatementForms.Screening,
            Subject = party,
            Key = key,
            Fields = fields,
            ValidFrom = at,
            RecordedAt = at,
            Source = isJudged ? $"{Method}; judged before: {before!.Source}" : Method,
        };
    }
}
