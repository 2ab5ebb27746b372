namespace Stillgate.Server.Demo;

/// <summary>A line of <c>demo --json</c>.</summary>
internal sealed record DemoEvent
{
    /// <summary><c>ready</c>, <c>campaign</c> or <c>result</c>.</summary>
    public required string Event { get; init; }

    /// <summary>The console's address, of <c>ready</c>.</summary>
    public string? Console { get; init; }

    /// <summary>The gateway's address, of <c>ready</c>.</summary>
    public string? Gateway { get; init; }

    /// <summary>The stand-in's address, of <c>ready</c>. It is no model.</summary>
    public string? StandInProvider { get; init; }

    /// <summary>Accounts of the composed log, of <c>ready</c>.</summary>
    public int? ComposedAccounts { get; init; }

    /// <summary>Exchanges of the composed log, of <c>ready</c>.</summary>
    public long? ComposedExchanges { get; init; }

    /// <summary>The campaign, of <c>campaign</c>.</summary>
    public CampaignLine? Campaign { get; init; }

    /// <summary>The result, of <c>result</c>.</summary>
    public DemoResult? Result { get; init; }
}
