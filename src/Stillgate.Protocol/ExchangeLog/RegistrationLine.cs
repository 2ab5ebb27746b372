using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Reads one line of a registrations file, version 1.</summary>
public static class RegistrationLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8 bytes without the line end.</param>
    /// <param name="record">The registration, when the result is true.</param>
    /// <param name="field">The field at fault, when the result is false; empty for the whole line.</param>
    /// <param name="expected">What was expected, when the result is false.</param>
    /// <returns>Whether the line is a registration of version 1.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out RegistrationRecord? record, out string field, out string expected)
    {
        try
        {
            var reader = new LineReader(line);
            record = Parse(ref reader);
            (field, expected) = ("", "");
            return true;
        }
        catch (LineFormatException problem)
        {
            (record, field, expected) = (null, problem.Field, problem.Message);
            return false;
        }
        catch (JsonException)
        {
            (record, field, expected) = (null, "", "expected a JSON object");
            return false;
        }
    }

    private static RegistrationRecord Parse(ref LineReader reader)
    {
        reader.Next();
        reader.BeginObject("");
        int? version = null;
        var record = new RegistrationRecord { Account = "" };
        while (reader.NextMember())
        {
            if (reader.NameIs("v"u8))
            {
                version = reader.IntOrNull("v");
            }
            else
            {
                record = ReadMember(ref reader, record);
            }
        }

        reader.End();
        if (version != 1)
        {
            throw new LineFormatException("v", version is null ? "missing; expected 1" : "expected 1, the only version this build reads");
        }

        return record.Account.Length > 0 ? record : throw new LineFormatException("account", "missing; the format needs it");
    }

    private static RegistrationRecord ReadMember(ref LineReader reader, RegistrationRecord record)
    {
        var name = reader.Name();
        switch (name)
        {
            case "account": return record with { Account = reader.RequiredString(name) };
            case "organization": return record with { Organization = reader.StringOrNull(name) };
            case "createdAt": return record with { CreatedAt = reader.TimeOrNull(name) };
            case "name": return record with { Name = reader.StringOrNull(name) };
            case "email": return record with { Email = reader.StringOrNull(name) };
            case "phone": return record with { Phone = reader.StringOrNull(name) };
            case "payment": return record with { Payment = RegistrationParts.ReadPayment(ref reader) };
            case "address": return record with { AddressCountry = RegistrationParts.ReadAddressCountry(ref reader) };
            case "plan": return record with { Plan = reader.StringOrNull(name) };
            case "monthlyQuota": return record with { MonthlyQuota = reader.LongOrNull(name) };
            case "attestations": return record with { Attestations = RegistrationParts.ReadAttestations(ref reader) };
            case "reseller": return record with { Reseller = reader.BoolOrNull(name) ?? false };
            default:
                var unknown = new Dictionary<string, JsonElement>(record.Unknown ?? new Dictionary<string, JsonElement>(), StringComparer.Ordinal)
                {
                    [name] = reader.Element(),
                };
                return record with { Unknown = unknown };
        }
    }
}
