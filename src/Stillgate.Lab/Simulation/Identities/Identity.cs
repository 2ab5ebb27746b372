using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Identities;

/// <summary>Who an account says it is, and the clients that it calls from.</summary>
internal sealed record Identity
{
    public required RegistrationRecord Registration { get; init; }

    /// <summary>Id of the account's API key.</summary>
    public required string Credential { get; init; }

    /// <summary>One for each place that the account calls from; the first is the usual one.</summary>
    public required IReadOnlyList<ClientEvidence> Clients { get; init; }

    public required string Dialect { get; init; }

    public required int ZoneHours { get; init; }

    public required ModelHabit Models { get; init; }

    public string Account => Registration.Account;
}
