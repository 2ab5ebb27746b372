using System.Text.Json;
using Stillgate.Parties.Ownership;

namespace Stillgate.Parties.Formats;

/// <summary>
/// Beneficial Ownership Data Standard 0.4, as a JSON array of statements. What each kind of interest counts as is in
/// docs/decisions/0011. A summary of an indirect interest whose chain is part of the file is left out: the chain says more.
/// </summary>
public static class BodsReader
{
    private static readonly Dictionary<string, HoldingKind?> Interests = new(StringComparer.Ordinal)
    {
        ["shareholding"] = HoldingKind.Ownership,
        ["beneficiaryOfLegalArrangement"] = HoldingKind.Ownership,
        ["unknownInterest"] = HoldingKind.Ownership,
        ["unpublishedInterest"] = HoldingKind.Ownership,
        ["rightsToSurplusAssetsOnDissolution"] = HoldingKind.Ownership,
        ["nominator"] = HoldingKind.Ownership,
        ["votingRights"] = HoldingKind.Voting,
        ["appointmentOfBoard"] = HoldingKind.Control,
        ["controlViaCompanyRulesOrArticles"] = HoldingKind.Control,
        ["controlByLegalFramework"] = HoldingKind.Control,
        ["trustee"] = HoldingKind.Control,
        ["nominee"] = null,
        ["rightsToProfitOrIncome"] = null,
        ["enjoymentAndUseOfAssets"] = null,
        ["rightToProfitOrIncomeFromAssets"] = null,
    };

    /// <summary>Reads all statements of a document into a ledger.</summary>
    /// <param name="document">The array of statements.</param>
    /// <param name="recordedAt">When they are taken in; statements of one file keep their order.</param>
    /// <exception cref="PartyFormatException">The document is no array of BODS statements.</exception>
    public static OwnershipLedger Read(JsonElement document, DateTimeOffset recordedAt)
    {
        if (document.ValueKind != JsonValueKind.Array)
        {
            throw new PartyFormatException("BODS: expected a JSON array of statements.");
        }

        var ledger = new OwnershipLedger();
        var order = 0;
        foreach (var statement in document.EnumerateArray())
        {
            try
            {
                Read(statement, recordedAt.AddTicks(order), ledger);
            }
            catch (PartyFormatException cause)
            {
                throw new PartyFormatException($"BODS: statement {order + 1}{(statement.Text("statementId") is { } id ? $" ({id})" : "")}: {cause.Message}", order);
            }

            order++;
        }

        return ledger;
    }

    private static void Read(JsonElement statement, DateTimeOffset at, OwnershipLedger ledger)
    {
        switch (statement.Text("recordType"))
        {
            case "entity" or "person":
                ledger.Add(Party(statement, at));
                break;
            case "relationship":
                ReadRelationship(statement, at, ledger);
                break;
            default:
                throw new PartyFormatException("recordType: expected entity, person or relationship.");
        }
    }

    private static PartyFact Party(JsonElement statement, DateTimeOffset recordedAt)
    {
        var details = statement.Member("recordDetails");
        var type = details.Member("entityType").Text("type") ?? details.Text("personType");
        var jurisdiction = JsonFields.Country(details.Member("jurisdiction").Text("code"));
        var kind = type switch
        {
            "knownPerson" => PartyKind.Person,
            "state" or "stateBody" => PartyKind.State,
            "anonymousPerson" or "unknownPerson" or "anonymousEntity" or "unknownEntity" => PartyKind.Unknown,
            _ => PartyKind.Company,
        };
        var office = details.Items("addresses").FirstOrDefault(address => address.Text("type") == "business");
        return new PartyFact
        {
            Id = Id(statement),
            Name = details.Text("name") ?? details.Items("names").Select(name => name.Text("fullName")).FirstOrDefault(),
            Kind = kind,
            Jurisdiction = jurisdiction,
            Headquarters = kind == PartyKind.State ? jurisdiction : JsonFields.Country(office.Member("country").Text("code")),
            RecordedAt = recordedAt,
            Source = Source(statement),
        };
    }

    private static void ReadRelationship(JsonElement statement, DateTimeOffset recordedAt, OwnershipLedger ledger)
    {
        var details = statement.Member("recordDetails");
        var owned = details.Text("subject");
        var owner = details.Text("interestedParty") ?? Unspecified(statement, recordedAt, ledger);
        if (owned is null || owner is null)
        {
            return;
        }

        var isChainStated = details.Items("componentRecords").Any();
        var interests = details.Items("interests").DefaultIfEmpty(default).ToArray();
        foreach (var interest in interests.Where(interest => !isChainStated || interest.Text("directOrIndirect") != "indirect"))
        {
            var type = interest.Text("type") ?? "unknownInterest";
            if (Interests.GetValueOrDefault(type, HoldingKind.PossibleControl) is { } kind)
            {
                ledger.Add(Holding(statement, interest, type, kind, owner, owned, recordedAt, ledger));
            }
        }
    }

    private static HoldingFact Holding(
        JsonElement statement, JsonElement interest, string type, HoldingKind kind, string owner, string owned, DateTimeOffset recordedAt, OwnershipLedger ledger)
    {
        var id = $"{Id(statement)}#{type}#{interest.Text("directOrIndirect")}";
        var share = type == "nominator" ? ShareRange.Exact(100) : Share(interest.Member("share"));
        var stated = JsonFields.Time(statement.Text("statementDate"));
        var start = JsonFields.Time(interest.Text("startDate"));
        var isClosed = statement.Text("recordStatus") == "closed";

        // An update that repeats the old start date tells of a change since; it holds from the day of the statement.
        var isChanged = !isClosed && ledger.Holdings.Any(fact => fact.Id == id && fact.ValidFrom == start && fact.Share != share);
        return new HoldingFact
        {
            Id = id,
            Owner = owner,
            Owned = owned,
            Kind = kind,
            Share = share,
            IsIndirect = interest.Text("directOrIndirect") == "indirect",
            ValidFrom = isChanged ? stated : isClosed ? ledger.Holdings.LastOrDefault(fact => fact.Id == id)?.ValidFrom ?? start : start,
            ValidTo = JsonFields.Time(interest.Text("endDate")) ?? (isClosed ? stated : null),
            RecordedAt = recordedAt,
            Source = Source(statement),
        };
    }

    private static ShareRange Share(JsonElement share)
    {
        if (Percent(share, "exact") is { } exact)
        {
            return ShareRange.Exact(exact);
        }

        var (minimum, above, maximum, below) = (Percent(share, "minimum"), Percent(share, "exclusiveMinimum"), Percent(share, "maximum"), Percent(share, "exclusiveMaximum"));
        return (minimum ?? above ?? 0) > (maximum ?? below ?? 100)
            ? throw new PartyFormatException($"recordDetails.interests.share: expected a minimum not above the maximum, found {minimum ?? above} and {maximum ?? below}.")
            : ShareRange.Bounded(minimum, above, maximum, below);
    }

    /// <summary>A bound of a share. One that is no number must not pass for a share of which nothing is known, nor 150 for all of it.</summary>
    private static decimal? Percent(JsonElement share, string name)
    {
        var member = share.Member(name);
        return member.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null
            : member.ValueKind == JsonValueKind.Number && member.TryGetDecimal(out var percent) && percent is >= 0 and <= 100 ? percent
            : throw new PartyFormatException($"recordDetails.interests.share.{name}: expected a number from 0 to 100, found {member.GetRawText()}.");
    }

    // "Nobody has such an interest" is an answer; every other reason leaves an owner of whom only the existence is known.
    private static string? Unspecified(JsonElement statement, DateTimeOffset recordedAt, OwnershipLedger ledger)
    {
        var reason = statement.Member("recordDetails").Member("interestedParty").Text("reason");
        if (reason is null or "noBeneficialOwners")
        {
            return null;
        }

        var id = "unstated:" + Id(statement);
        ledger.Add(new PartyFact { Id = id, Name = $"an owner not stated ({reason})", Kind = PartyKind.Unknown, RecordedAt = recordedAt, Source = Source(statement) });
        return id;
    }

    private static string Id(JsonElement statement) =>
        statement.Text("recordId") ?? throw new PartyFormatException("recordId: expected one; this reads version 0.4.");

    private static string Source(JsonElement statement) =>
        "BODS statement " + (statement.Text("statementId") ?? "without id") + (statement.Member("source").Text("url") is { } url ? ", " + url : string.Empty);
}
