namespace Stillgate.Gateway.Forwarder;

/// <summary>Where requests of some dialects and models go.</summary>
public sealed record ProviderOptions
{
    /// <summary>The provider's name, as logs and metrics give it.</summary>
    public required string Name { get; init; }

    /// <summary>Scheme, host, port and base path, without the path of the dialect's own endpoints.</summary>
    public required Uri Address { get; init; }

    /// <summary>The dialects that it serves.</summary>
    public required IReadOnlyList<string> Dialects { get; init; }

    /// <summary>Patterns of the model names that it serves; <c>*</c> stands for any run of characters.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["*"];

    /// <summary>Its share of the requests among those that serve the same model, as a whole number.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>The credential that is sent to it, or null to send none. The client's own credential is never sent.</summary>
    public string? Credential { get; init; }

    /// <summary>How it is probed, or null: then only requests find out how it does.</summary>
    public ProbeOptions? Probe { get; init; }

    /// <summary>Prints the provider without its credential.</summary>
    /// <returns>Its name.</returns>
    public override string ToString() => Name;
}
