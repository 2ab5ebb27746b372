using System.Text.Json;
using Stillgate.Parties.Ownership;

namespace Stillgate.Parties.Formats;

/// <summary>
/// GLEIF records in JSON, or in XML as the golden copy is published: level 1 (who), level 2 (who consolidates whom), and the exceptions to reporting a parent. Level 2
/// tells of consolidation in accounts and no percentages: it is control, and for a test of capital a share of unknown size.
/// </summary>
public static class GleifReader
{
    private static readonly string[] NothingToReport = ["NO_LEI", "NATURAL_PERSONS", "NON_CONSOLIDATING", "NO_KNOWN_PERSON"];

    /// <summary>Reads a document of any of the three kinds into a ledger.</summary>
    /// <param name="document">An array of records.</param>
    /// <param name="recordedAt">When they are taken in.</param>
    /// <exception cref="PartyFormatException">A record is none of the three kinds.</exception>
    public static OwnershipLedger Read(JsonElement document, DateTimeOffset recordedAt)
    {
        if (document.ValueKind != JsonValueKind.Array)
        {
            throw new PartyFormatException("GLEIF: expected a JSON array of records.");
        }

        var ledger = new OwnershipLedger();
        var item = 0;
        foreach (var record in document.EnumerateArray())
        {
            try
            {
                Read(record, recordedAt, ledger);
            }
            catch (PartyFormatException cause)
            {
                throw new PartyFormatException(cause.Message, item);
            }

            item++;
        }

        return ledger;
    }

    /// <summary>Reads a file of XML of any of the three kinds into a ledger, record by record: the golden copy is larger than memory.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="recordedAt">When the records are taken in.</param>
    /// <exception cref="PartyFormatException">The file is not XML of GLEIF, or a record is none of the three kinds.</exception>
    public static OwnershipLedger ReadXml(Stream stream, DateTimeOffset recordedAt)
    {
        var ledger = new OwnershipLedger();
        var count = 0;
        foreach (var (record, line) in GleifXml.Records(stream))
        {
            using (record)
            {
                try
                {
                    Read(record.RootElement, recordedAt, ledger);
                    count++;
                }
                catch (PartyFormatException cause)
                {
                    throw new PartyFormatException($"line {line}: {cause.Message}");
                }
            }
        }

        return count > 0 ? ledger : throw new PartyFormatException("GLEIF: holds no LEIRecord, RelationshipRecord or Exception.");
    }

    private static void Read(JsonElement record, DateTimeOffset recordedAt, OwnershipLedger ledger)
    {
        if (record.Member("Relationship").ValueKind == JsonValueKind.Object)
        {
            ReadRelationship(record, recordedAt, ledger);
        }
        else if (record.Member("Entity").ValueKind == JsonValueKind.Object)
        {
            ledger.Add(Party(record, recordedAt));
        }
        else if (record.Text("ExceptionReason") is { } reason)
        {
            ReadException(record, reason, recordedAt, ledger);
        }
        else
        {
            throw new PartyFormatException("GLEIF: a record is neither an entity, a relationship nor a reporting exception.");
        }
    }

    private static PartyFact Party(JsonElement record, DateTimeOffset recordedAt)
    {
        var entity = record.Member("Entity");
        return new PartyFact
        {
            Id = Lei(record),
            Name = entity.Text("LegalName"),
            Headquarters = JsonFields.Country(entity.Member("HeadquartersAddress").Text("Country")),
            Jurisdiction = JsonFields.Country(entity.Text("LegalJurisdiction")),
            RecordedAt = recordedAt,
            Source = $"GLEIF level 1, {record.Member("Registration").Text("ValidationSources")}, updated {record.Member("Registration").Text("LastUpdateDate")}",
        };
    }

    private static void ReadRelationship(JsonElement record, DateTimeOffset recordedAt, OwnershipLedger ledger)
    {
        var relation = record.Member("Relationship");
        var type = relation.Text("RelationshipType");
        var child = relation.Member("StartNode").Text("NodeID");
        var parent = relation.Member("EndNode").Text("NodeID");
        if (child is null || parent is null)
        {
            throw new PartyFormatException("GLEIF: a relationship lacks one of its two nodes.");
        }

        var period = relation.Items("RelationshipPeriods").FirstOrDefault(p => p.Text("PeriodType") == "RELATIONSHIP_PERIOD");
        var fact = new HoldingFact
        {
            Id = $"{type}:{child}:{parent}",
            Owner = parent,
            Owned = child,
            Kind = type is "IS_DIRECTLY_CONSOLIDATED_BY" or "IS_ULTIMATELY_CONSOLIDATED_BY" ? HoldingKind.Control : HoldingKind.PossibleControl,
            ValidFrom = JsonFields.Time(period.Text("StartDate")),
            ValidTo = JsonFields.Time(period.Text("EndDate"))
                ?? (relation.Text("RelationshipStatus") == "INACTIVE" ? JsonFields.Time(record.Member("Registration").Text("LastUpdateDate")) : null),
            RecordedAt = recordedAt,
            Source = $"GLEIF level 2, {type}, {record.Member("Registration").Text("ValidationSources")}",
        };
        ledger.Add(fact);
        if (fact.Kind == HoldingKind.Control)
        {
            ledger.Add(fact with { Id = fact.Id + "#share", Kind = HoldingKind.Ownership, IsIndirect = type == "IS_ULTIMATELY_CONSOLIDATED_BY" });
        }
    }

    private static void ReadException(JsonElement record, string reason, DateTimeOffset recordedAt, OwnershipLedger ledger)
    {
        if (NothingToReport.Contains(reason))
        {
            return;
        }

        var (child, category) = (Lei(record), record.Text("ExceptionCategory"));
        var source = $"GLEIF reporting exception, {category}";
        var id = $"undisclosed:{child}:{category}";
        ledger.Add(new PartyFact { Id = id, Name = $"a parent not disclosed ({reason})", Kind = PartyKind.Unknown, RecordedAt = recordedAt, Source = source });
        ledger.Add(new HoldingFact { Id = id, Owner = id, Owned = child, Kind = HoldingKind.PossibleControl, RecordedAt = recordedAt, Source = source });
        ledger.Add(new HoldingFact { Id = id + "#share", Owner = id, Owned = child, RecordedAt = recordedAt, Source = source });
    }

    private static string Lei(JsonElement record) => record.Text("LEI") ?? throw new PartyFormatException("GLEIF: a record has no LEI.");
}
