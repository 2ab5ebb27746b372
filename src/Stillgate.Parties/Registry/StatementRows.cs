using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Registry;

/// <summary>Makes statements of the rows of one file, whatever form they stood in. It says everything that is wrong with a row, and takes nothing of one with a mistake.</summary>
internal sealed class StatementRows(string path, string? kind, string source, DateTimeOffset recordedAt, ICollection<LogProblem> problems)
{
    public List<PartyStatement> Statements { get; } = [];

    public void Add(long line, Dictionary<string, IReadOnlyList<string>> cells)
    {
        var problemsBefore = problems.Count;
        void Wrong(string field, string expected) => problems.Add(new LogProblem(path, line, field, expected));
        foreach (var (name, _) in cells.Where(cell => cell.Value.Any(StatementFile.IsDamaged)))
        {
            Wrong(name, StatementFile.DamagedText);
        }

        var named = Take(cells, StatementFile.KindColumn) ?? kind;
        var from = Day(Take(cells, "valid_from"), "valid_from", Wrong);
        var to = Day(Take(cells, "valid_to"), "valid_to", Wrong);
        var said = Take(cells, "source") ?? source;
        if (from is not null && to is not null && to < from)
        {
            Wrong("valid_to", "expected a day that is not before valid_from; it is the first day on which the statement no longer holds");
        }

        if (named is null || StatementForms.Find(named) is not { } form)
        {
            Wrong(StatementFile.KindColumn, (named is null ? "missing; " : string.Empty) + "expected one of " + string.Join(", ", StatementForms.All.Select(known => known.Name)));
            return;
        }

        var fields = form.Read(cells, Wrong);
        if (problems.Count == problemsBefore)
        {
            Statements.Add(new PartyStatement
            {
                Statement = form.Name,
                Subject = form.SubjectOf(fields),
                Key = form.KeyOf(fields),
                Fields = fields,
                ValidFrom = from,
                ValidTo = to,
                RecordedAt = recordedAt.AddTicks(Statements.Count),
                Source = said,
            });
        }
    }

    private static string? Take(Dictionary<string, IReadOnlyList<string>> cells, string name) =>
        cells.Remove(name, out var values) && values.Count > 0 && values[0].Trim().Length > 0 ? values[0].Trim() : null;

    private static DateTimeOffset? Day(string? text, string field, Action<string, string> wrong)
    {
        if (text is not null && StatementField.Time(text) is null)
        {
            wrong(field, "expected a day or time such as 2026-05-01 or 2026-05-01T09:00:00Z");
        }

        return text is null ? null : StatementField.Time(text);
    }
}
