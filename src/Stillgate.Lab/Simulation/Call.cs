namespace Stillgate.Lab.Simulation;

/// <summary>One request of one account at its time.</summary>
internal readonly record struct Call(DateTimeOffset At, Content Content)
{
    /// <summary>The model, where it is not the account's usual one.</summary>
    public string? Model { get; init; }

    /// <summary>The customer of a reseller, where it passes one on.</summary>
    public string? EndCustomer { get; init; }

    /// <summary>HTTP status where the script decides it; 0 leaves it to ordinary luck.</summary>
    public int Status { get; init; }
}
