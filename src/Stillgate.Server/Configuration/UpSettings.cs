using System.Security.Cryptography.X509Certificates;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Clients;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Limits;
using Stillgate.Server.Hosting;
using Stillgate.Server.Hosting.Tls;

namespace Stillgate.Server.Configuration;

/// <summary>What <c>stillgate up</c> is set to, from the file, the command line or both. Null where neither says anything.</summary>
internal sealed record UpSettings
{
    public Uri? Listen { get; init; }

    public Uri? AdminListen { get; init; }

    public string? Store { get; init; }

    public bool? IsOpen { get; init; }

    public bool? KeepContent { get; init; }

    public bool? IsRecorderRequired { get; init; }

    public int? DrainSeconds { get; init; }

    public int? QueueCapacity { get; init; }

    public string? BackgroundFile { get; init; }

    public TlsOptions? Tls { get; init; }

    public TrustedProxyOptions TrustedProxies { get; init; } = new();

    public X509Certificate2Collection? ProviderRoots { get; init; }

    public string? Places { get; init; }

    public LimitOptions Limits { get; init; } = new();

    public TimeoutOptions Timeouts { get; init; } = new();

    public TelemetryOptions? Telemetry { get; init; }

    public string? GenAiVersion { get; init; }

    public ControlOptions Controls { get; init; } = new();

    public IReadOnlyList<BudgetOptions> Budgets { get; init; } = [];

    public IReadOnlyList<string> ForwardHeaders { get; init; } = [];

    public IReadOnlyList<ProviderOptions> Providers { get; init; } = [];

    public TlsOptions? AdminTls { get; init; }

    public Uri? ConsoleListen { get; init; }

    public bool? ConsoleNeedsSignIn { get; init; }

    public IReadOnlyList<string> PassThrough { get; init; } = [];
}
