using Stillgate.Gateway;
using Stillgate.Gateway.Budgets;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Storage.ExchangeLog;
using Stillgate.Server.Hosting.Tls;

namespace Stillgate.Server.Hosting;

/// <summary>A whole gateway: its stages, its store and its listener.</summary>
internal sealed record GatewayHostOptions
{
    /// <summary>Where to listen, with https where <see cref="Tls"/> is set; port 0 takes a free one.</summary>
    public required Uri Listen { get; init; }

    /// <summary>Where the admin API, metrics and health are served, or null for nowhere. No exchange is served there.</summary>
    public Uri? AdminListen { get; init; }

    /// <summary>The certificate of the listener; null for a listener without TLS.</summary>
    public TlsOptions? Tls { get; init; }

    /// <summary>The places file that rules ask; null for none, and what they ask of places is undetermined.</summary>
    public string? PlacesPath { get; init; }

    /// <summary>The store's folder.</summary>
    public required string StorePath { get; init; }

    /// <summary>What the stages are set to.</summary>
    public required GatewayOptions Gateway { get; init; }

    /// <summary>Whether any key is accepted, its account taken from its hash.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether prompts and answers are written to the exchange log.</summary>
    public bool KeepContent { get; init; }

    /// <summary>How long running streams may go on after the stop was asked for.</summary>
    public TimeSpan Drain { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Most records that wait to be written.</summary>
    public int QueueCapacity { get; init; } = 10_000;

    /// <summary>What takes content out of records where it is not kept.</summary>
    public IRecordTransform Transform { get; init; } = new ContentRemover();

    /// <summary>Who sees each record after it was transformed, in order, off the live path.</summary>
    public IReadOnlyList<IExchangeObserver> Observers { get; init; } = [];

    /// <summary>The operator's file of known prompts for the analysis beside the gateway, or null.</summary>
    public string? BackgroundFile { get; init; }

    /// <summary>Says how far the analysis is, for <c>/readyz</c>; null where there is nothing to say.</summary>
    public Func<string?> AnalysisNote { get; init; } = () => null;

    /// <summary>The analysis' metrics in Prometheus' text format; empty for none.</summary>
    public Func<string> AnalysisMetrics { get; init; } = () => "";

    /// <summary>How often the exchange log's block is written; a test shortens it.</summary>
    public TimeSpan LogFlushInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Changes how the exchange log is written; a test makes its files small.</summary>
    public Func<ExchangeLogOptions, ExchangeLogOptions> ShapeLog { get; init; } = static log => log;

    /// <summary>Which campaign an account is in, or null where no analysis runs.</summary>
    public ICampaignDirectory? Campaigns { get; init; }

    /// <summary>What the analysis has found, for the admin API; null where none runs.</summary>
    public WebConsole.Feeds.IAnalysisFeed? Analysis { get; init; }

    /// <summary>The certificate of <see cref="AdminListen"/>; null for a listener without TLS, which must be on the loopback address.</summary>
    public TlsOptions? AdminTls { get; init; }

    /// <summary>Most requests of one admin key within a minute.</summary>
    public int AdminRequestsPerMinute { get; init; } = 600;

    /// <summary>Where the console is served beside the gateway, or null for nowhere.</summary>
    public ConsoleListenOptions? Console { get; init; }

    /// <summary>Where traces and metrics are sent, or null for nowhere.</summary>
    public TelemetryOptions? Telemetry { get; init; }
}
