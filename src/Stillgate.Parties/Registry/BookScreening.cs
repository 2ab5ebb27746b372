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

    /// <summary>Screens the parties whose name is known.</summary>
    /// <param name="book">The book.</param>
    /// <param name="list">The list, as it was read.</param>
    /// <param name="name">The list's name, as policies name it.</param>
    /// <param name="at">When.</param>
    public static IEnumerable<PartyStatement> Screen(PartyBook book, ScreeningList list, string name, DateTimeOffset at)
    {
        var index = ScreeningIndex.Build([list]);
        var moment = new BookMoment(at, at);
        var count = 0;
        foreach (var party in book.Parties)
        {
            string? Known(string field) => book.Known(StatementForms.Party, party, field, moment)?.One;

            if (Known("name") is not { } known)
            {
                continue;
            }

            var names = book.Known(StatementForms.Party, party, "aliases", moment)?.Values.Prepend(known) ?? [known];
            var schema = Known("kind") == "person" ? EntitySchema.Person : EntitySchema.Organization;
            string[] dates = Known("born") is { } born ? [born[..10]] : [];
            string[] countries = [.. new[] { Known("headquarters"), Known("jurisdiction") }.OfType<string>().Distinct()];
            var hit = names.SelectMany(one => index.Screen(new ScreeningSubject(party, one, schema, dates, countries), hitsMax: 1))
                .OrderByDescending(one => one.Result.Score).FirstOrDefault();
            yield return State(book, party, name, list.Version, hit, at.AddTicks(count++));
        }
    }

    private static PartyStatement State(PartyBook book, string party, string list, ListVersion version, ScreeningHit? hit, DateTimeOffset at)
    {
        var key = StatementForm.Key(party, list);
        var before = book.Known(StatementForms.Screening, key, "result", new BookMoment(at, at))?.Statement;
        var isJudged = hit is not null && before is not null && before.One("entry") == hit.Entry.Id && before.One("result") != "possible";
        var fields = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal)
        {
            ["party"] = [party],
            ["list"] = [list],
            ["list_version"] = [version.Sha256[..16] + " of " + version.Retrieved.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)],
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
