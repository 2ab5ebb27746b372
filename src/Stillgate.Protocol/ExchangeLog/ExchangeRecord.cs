using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// One exchange: a request to a model and what came back. A line of the exchange log, version 1
/// (<c>docs/formats/exchange-log.md</c>).
/// </summary>
public sealed record ExchangeRecord
{
    /// <summary>Unique within the log.</summary>
    public required string Id { get; init; }

    /// <summary>When the request arrived, UTC. Every clock in an analysis is this one.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who is billed.</summary>
    public required string Account { get; init; }

    /// <summary>The legal customer, or null where the log does not say.</summary>
    public string? Organization { get; init; }

    /// <summary>Id of the key that was used; never the key.</summary>
    public string? Credential { get; init; }

    /// <summary>The reseller's own customer, where the reseller passes it on.</summary>
    public string? EndCustomer { get; init; }

    /// <summary>Network evidence, or null.</summary>
    public ClientEvidence? Client { get; init; }

    /// <summary>One of <see cref="Dialects.All"/>; a later build may know more.</summary>
    public required string Dialect { get; init; }

    /// <summary>The model as asked for.</summary>
    public required string Model { get; init; }

    /// <summary>What was asked. Never null; empty in a log kept without content.</summary>
    public ExchangeRequest Request { get; init; } = ExchangeRequest.Empty;

    /// <summary>What came back, or null where nothing did.</summary>
    public ExchangeResponse? Response { get; init; }

    /// <summary>The content-free form, where the operator keeps no content.</summary>
    public ExchangeSketch? Sketch { get; init; }

    /// <summary>HTTP status sent to the client.</summary>
    public required int Status { get; init; }

    /// <summary>Milliseconds from the request's arrival to its end, or null.</summary>
    public int? DurationMs { get; init; }

    /// <summary>
    /// How the exchange ended, or null where the log does not say: <c>complete</c>, <c>refused</c>, <c>client-left</c>,
    /// <c>provider-error</c>, <c>provider-down</c>, <c>provider-cut</c>, <c>timed-out</c>, <c>drained</c> or <c>fault</c>.
    /// </summary>
    public string? End { get; init; }

    /// <summary>The gateway's own word for why it refused or ended the exchange, such as <c>unknown_key</c>, or null.</summary>
    public string? EndReason { get; init; }

    /// <summary>What the gateway changed in the request or the answer, each as it was announced to the client; null for nothing.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>What was decided by a rule or a hold; null where none applied.</summary>
    public ExchangeDecision? Decision { get; init; }

    /// <summary>True where text was left out of the record because of a bound; otherwise null.</summary>
    public bool? Truncated { get; init; }

    /// <summary>Members of the line that this build does not know: kept, so that rewriting a log loses nothing.</summary>
    public IReadOnlyDictionary<string, JsonElement>? Unknown { get; init; }
}
