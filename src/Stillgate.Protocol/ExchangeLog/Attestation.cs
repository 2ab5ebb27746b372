namespace Stillgate.Protocol.ExchangeLog;

/// <summary>A declared and recorded purpose or status of an account.</summary>
public sealed record Attestation
{
    /// <summary><c>research</c>, <c>evaluation</c>, <c>authorised-training</c>, <c>us-person</c>, <c>verified-organization</c> or <c>reseller</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The operator's reference.</summary>
    public string? Id { get; init; }

    /// <summary>Models it covers; empty covers all.</summary>
    public IReadOnlyList<string> Scope { get; init; } = [];

    /// <summary>First day it holds, or null for always.</summary>
    public DateOnly? ValidFrom { get; init; }

    /// <summary>Last day it holds, or null for ever.</summary>
    public DateOnly? ValidTo { get; init; }

    /// <summary>Whether the attestation covers a model at a time.</summary>
    /// <param name="model">The model as asked for.</param>
    /// <param name="at">The exchange's time, UTC.</param>
    /// <returns>True when the day lies within the validity and the scope is empty or names the model.</returns>
    public bool Covers(string model, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return (ValidFrom is not { } from || day >= from)
            && (ValidTo is not { } to || day <= to)
            && (Scope.Count == 0 || Scope.Contains(model, StringComparer.Ordinal));
    }
}
