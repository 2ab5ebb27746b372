using System.Globalization;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Parties.Registry;

/// <summary>
/// What a registration of the exchange log's format states. Such a registration has no dates of its own: it holds from the first day
/// on, and every dated statement supersedes it.
/// </summary>
public static class RegistrationStatements
{
    /// <summary>The statements of a registration.</summary>
    public static IEnumerable<PartyStatement> Of(RegistrationRecord record)
    {
        yield return Make(
            record,
            StatementForms.Account,
            ("id", record.Account),
            ("organization", record.Organization),
            ("name", record.Name),
            ("created", record.CreatedAt is { } created ? Text(created) : null),
            ("plan", record.Plan),
            ("country", record.AddressCountry),
            ("email", record.Email),
            ("phone", record.Phone),
            ("reseller", record.Reseller ? "true" : "false"),
            ("monthly_quota", record.MonthlyQuota?.ToString(CultureInfo.InvariantCulture)));
        if (record.Payment is { } payment)
        {
            yield return Make(
                record,
                StatementForms.Payment,
                ("account", record.Account),
                ("fingerprint", payment.Fingerprint ?? "not stated"),
                ("bin", payment.Bin),
                ("country", payment.Country));
        }

        foreach (var (attestation, index) in record.Attestations.Select((attestation, index) => (attestation, index)))
        {
            var made = Make(
                record,
                StatementForms.Attestation,
                ("holder", record.Account),
                ("id", attestation.Id ?? string.Create(CultureInfo.InvariantCulture, $"{attestation.Kind}-{index + 1}")),
                ("kind", attestation.Kind),
                ("value", "true"));
            yield return made with
            {
                Fields = new Dictionary<string, IReadOnlyList<string>>(made.Fields, StringComparer.Ordinal) { ["scope"] = attestation.Scope },
                ValidFrom = Start(attestation.ValidFrom),

                // A registration names the last day, a statement the first day after it.
                ValidTo = Start(attestation.ValidTo?.AddDays(1)),
            };
        }
    }

    private static PartyStatement Make(RegistrationRecord record, string kind, params (string Name, string? Value)[] fields)
    {
        var form = StatementForms.Find(kind)!;
        var stated = fields.Where(field => !string.IsNullOrEmpty(field.Value))
            .ToDictionary(field => field.Name, field => (IReadOnlyList<string>)[field.Value!], StringComparer.Ordinal);
        return new PartyStatement
        {
            Statement = kind,
            Subject = form.SubjectOf(stated),
            Key = form.KeyOf(stated),
            Fields = stated,
            RecordedAt = DateTimeOffset.MinValue,
            Source = "registration of " + record.Account,
        };
    }

    private static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture);

    private static DateTimeOffset? Start(DateOnly? day) => day is { } start ? new DateTimeOffset(start, TimeOnly.MinValue, TimeSpan.Zero) : null;
}
