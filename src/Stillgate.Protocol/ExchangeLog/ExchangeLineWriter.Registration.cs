using System.Globalization;

namespace Stillgate.Protocol.ExchangeLog;

// Registrations: the other kind of line, and the parts that only it has.
public sealed partial class ExchangeLineWriter
{
    /// <summary>Encodes a registration.</summary>
    /// <param name="record">The registration.</param>
    /// <returns>UTF-8 bytes of the line with its line end; valid until the next call.</returns>
    public ReadOnlyMemory<byte> Encode(RegistrationRecord record)
    {
        Begin();
        _json.WriteString("account", record.Account);
        WriteOptional("organization", record.Organization);
        WriteOptional("createdAt", record.CreatedAt is { } at ? Time(at) : null);
        WriteOptional("name", record.Name);
        WriteOptional("email", record.Email);
        WriteOptional("phone", record.Phone);
        WritePayment(record.Payment);
        if (record.AddressCountry is { } country)
        {
            _json.WriteStartObject("address");
            _json.WriteString("country", country);
            _json.WriteEndObject();
        }

        WriteOptional("plan", record.Plan);
        if (record.MonthlyQuota is { } quota)
        {
            _json.WriteNumber("monthlyQuota", quota);
        }

        WriteAttestations(record.Attestations);
        _json.WriteBoolean("reseller", record.Reseller);
        WriteUnknown(record.Unknown);
        return End();
    }

    private static string Time(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private void WritePayment(PaymentEvidence? payment)
    {
        if (payment is null)
        {
            return;
        }

        _json.WriteStartObject("payment");
        WriteOptional("fingerprint", payment.Fingerprint);
        WriteOptional("bin", payment.Bin);
        WriteOptional("country", payment.Country);
        _json.WriteEndObject();
    }

    private void WriteAttestations(IReadOnlyList<Attestation> attestations)
    {
        if (attestations.Count == 0)
        {
            return;
        }

        _json.WriteStartArray("attestations");
        foreach (var attestation in attestations)
        {
            _json.WriteStartObject();
            _json.WriteString("kind", attestation.Kind);
            WriteOptional("id", attestation.Id);
            WriteStrings("scope", attestation.Scope);
            WriteOptional("validFrom", attestation.ValidFrom is { } from ? Day(from) : null);
            WriteOptional("validTo", attestation.ValidTo is { } to ? Day(to) : null);
            _json.WriteEndObject();
        }

        _json.WriteEndArray();
    }
}
