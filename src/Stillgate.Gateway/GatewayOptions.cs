using System.Security.Cryptography.X509Certificates;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Clients;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Limits;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Routing;

namespace Stillgate.Gateway;

/// <summary>Everything that the gateway's stages are set to. Set once at start.</summary>
public sealed record GatewayOptions
{
    /// <summary>The providers, in order of preference.</summary>
    public required IReadOnlyList<ProviderOptions> Providers { get; init; }

    /// <summary>Clocks.</summary>
    public TimeoutOptions Timeouts { get; init; } = new();

    /// <summary>Bounds.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>How records bind serving.</summary>
    public RecorderOptions Recorder { get; init; } = new();

    /// <summary>What may leave besides the answer's text.</summary>
    public ControlOptions Controls { get; init; } = new();

    /// <summary>Bounds on use.</summary>
    public IReadOnlyList<BudgetOptions> Budgets { get; init; } = [];

    /// <summary>The version of the conventions by which telemetry is named; one of <see cref="Telemetry.GenAiNames.Versions"/>.</summary>
    public string GenAiVersion { get; init; } = "1.37";

    /// <summary>Whose word on the client's address is taken.</summary>
    public TrustedProxyOptions TrustedProxies { get; init; } = new();

    /// <summary>Certificate authorities that providers' certificates may come from, beside those of the system; null for none.</summary>
    public X509Certificate2Collection? ProviderRoots { get; init; }

    /// <summary>Names of client headers that pass to providers besides those that always do. Credentials never pass.</summary>
    public IReadOnlyList<string> ForwardedHeaders { get; init; } = [];

    /// <summary>Paths that pass unread beside the endpoints that are served; <c>*</c> at the end stands for every path that begins so.</summary>
    public IReadOnlyList<string> PassThrough { get; init; } = [];

    /// <summary>What is wrong with an entry of <see cref="PassThrough"/>.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>What was expected; null where nothing is wrong.</returns>
    public static string? PassThroughProblemOf(string entry) => PassThroughPaths.ProblemOf(entry);
}
