using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Reads the nested objects of a registration's line.</summary>
internal static class RegistrationParts
{
    public static PaymentEvidence? ReadPayment(ref LineReader reader)
    {
        if (reader.ObjectOrNullIsNull("payment"))
        {
            return null;
        }

        var payment = new PaymentEvidence();
        while (reader.NextMember())
        {
            if (reader.NameIs("fingerprint"u8))
            {
                payment = payment with { Fingerprint = reader.StringOrNull("payment.fingerprint") };
            }
            else if (reader.NameIs("bin"u8))
            {
                payment = payment with { Bin = reader.StringOrNull("payment.bin") };
            }
            else if (reader.NameIs("country"u8))
            {
                payment = payment with { Country = reader.StringOrNull("payment.country") };
            }
            else
            {
                reader.SkipValue();
            }
        }

        return payment;
    }

    public static string? ReadAddressCountry(ref LineReader reader)
    {
        if (reader.ObjectOrNullIsNull("address"))
        {
            return null;
        }

        string? country = null;
        while (reader.NextMember())
        {
            if (reader.NameIs("country"u8))
            {
                country = reader.StringOrNull("address.country");
            }
            else
            {
                reader.SkipValue();
            }
        }

        return country;
    }

    public static IReadOnlyList<Attestation> ReadAttestations(ref LineReader reader)
    {
        if (reader.ArrayOrNullIsNull("attestations"))
        {
            return [];
        }

        var attestations = new List<Attestation>();
        while (true)
        {
            reader.Next();
            if (reader.Token == JsonTokenType.EndArray)
            {
                return attestations;
            }

            attestations.Add(ReadAttestation(ref reader, $"attestations[{attestations.Count}]"));
        }
    }

    private static Attestation ReadAttestation(ref LineReader reader, string path)
    {
        reader.BeginObject(path);
        var attestation = new Attestation { Kind = "" };
        while (reader.NextMember())
        {
            var name = reader.Name();
            switch (name)
            {
                case "kind":
                    attestation = attestation with { Kind = reader.RequiredString($"{path}.kind") };
                    break;
                case "id":
                    attestation = attestation with { Id = reader.StringOrNull($"{path}.id") };
                    break;
                case "scope":
                    attestation = attestation with { Scope = ReadScope(ref reader, $"{path}.scope") };
                    break;
                case "validFrom":
                    attestation = attestation with { ValidFrom = reader.DayOrNull($"{path}.validFrom") };
                    break;
                case "validTo":
                    attestation = attestation with { ValidTo = reader.DayOrNull($"{path}.validTo") };
                    break;
                default:
                    reader.SkipValue();
                    break;
            }
        }

        return attestation.Kind.Length > 0 ? attestation : throw new LineFormatException($"{path}.kind", "missing; the format needs it");
    }

    private static List<string> ReadScope(ref LineReader reader, string path)
    {
        var scope = new List<string>();
        if (reader.ArrayOrNullIsNull(path))
        {
            return scope;
        }

        while (true)
        {
            reader.Next();
            if (reader.Token == JsonTokenType.EndArray)
            {
                return scope;
            }

            scope.Add(reader.CurrentString($"{path}[]"));
        }
    }
}
