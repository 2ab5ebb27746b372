using Stillgate.Lab.Simulation.Identities;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Contrast;

/// <summary>What an operator's log and registrations leave out: every member of the formats that need not be there.</summary>
internal sealed record LogHabit
{
    public static LogHabit Full { get; } = new();

    public bool NoRegistrations { get; init; }

    public bool NoCreationTimes { get; init; }

    public bool NoPayments { get; init; }

    public bool NoEmails { get; init; }

    public bool NoClients { get; init; }

    public bool NoSettings { get; init; }

    public bool NoUsage { get; init; }

    public bool NoAnswers { get; init; }

    /// <summary>Draws a habit; a third of the logs have everything.</summary>
    public static LogHabit Draw(Chance chance) => chance.Hit(0.33) ? Full : new LogHabit
    {
        NoRegistrations = chance.Hit(0.25),
        NoCreationTimes = chance.Hit(0.4),
        NoPayments = chance.Hit(0.4),
        NoEmails = chance.Hit(0.4),
        NoClients = chance.Hit(0.4),
        NoSettings = chance.Hit(0.4),
        NoUsage = chance.Hit(0.4),
        NoAnswers = chance.Hit(0.3),
    };

    /// <summary>The registration as the operator keeps it. Declarations stay: without them, nobody is a reseller or an attested evaluator.</summary>
    public Identity Apply(Identity identity) => identity with
    {
        Registration = identity.Registration with
        {
            CreatedAt = NoCreationTimes || NoRegistrations ? null : identity.Registration.CreatedAt,
            Payment = NoPayments || NoRegistrations ? null : identity.Registration.Payment,
            Email = NoEmails || NoRegistrations ? null : identity.Registration.Email,
            Name = NoRegistrations ? null : identity.Registration.Name,
            Organization = NoRegistrations ? null : identity.Registration.Organization,
            AddressCountry = NoRegistrations ? null : identity.Registration.AddressCountry,
            Plan = NoRegistrations ? null : identity.Registration.Plan,
        },
    };

    /// <summary>The exchange as the operator keeps it.</summary>
    public ExchangeRecord Apply(ExchangeRecord record) => record with
    {
        Organization = NoRegistrations ? null : record.Organization,
        Credential = NoClients ? null : record.Credential,
        Client = NoClients ? null : record.Client,
        Request = NoSettings ? new ExchangeRequest { Messages = record.Request.Messages } : record.Request,
        Response = record.Response is { } response ? Apply(response) : null,
        DurationMs = NoUsage ? null : record.DurationMs,
    };

    private ExchangeResponse? Apply(ExchangeResponse response) => NoAnswers && NoUsage ? null : response with
    {
        Text = NoAnswers ? null : response.Text,
        InputTokens = NoUsage ? null : response.InputTokens,
        OutputTokens = NoUsage ? null : response.OutputTokens,
        ReasoningTokens = NoUsage ? null : response.ReasoningTokens,
    };
}
