using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>One ring as it was drawn, before its accounts are.</summary>
internal sealed record Ring
{
    public required string Id { get; init; }

    public required RingForm Form { get; init; }

    public required int Size { get; init; }

    /// <summary>Tasks by language; a ring works in one language or in several.</summary>
    public required IReadOnlyList<RingTasks> Tasks { get; init; }

    public required RingIdentifiers Identifiers { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>Share of prompts that two members both ask.</summary>
    public required double Overlap { get; init; }

    public required Protocol.ExchangeLog.RequestSettings Settings { get; init; }
}
