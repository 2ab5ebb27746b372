using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Routing;
using Yarp.ReverseProxy.Forwarder;

namespace Stillgate.Gateway;

/// <summary>
/// The stages' settings and what follows from them, as one immutable whole. An exchange takes the one in force when it arrives and
/// keeps it to its end, so that no exchange is ever served half by one configuration and half by the next.
/// </summary>
internal sealed class GatewayConfig
{
    public GatewayConfig(GatewayOptions options, TimeProvider time, ICampaignDirectory? campaigns, GatewayConfig? before)
    {
        Options = options;
        Providers = new ProviderTable(options.Providers, time, before?.Providers);
        PassThrough = new PassThroughPaths(options.PassThrough);
        Headers = new HeaderPolicy(options.ForwardedHeaders);
        Budgets = new BudgetBook(options.Budgets, time, campaigns, before?.Budgets);
        Controls = new ControlBook(options.Controls);
        Campaigns = campaigns;

        // The exchange's own timers end it; YARP's clock only has to be later than all of them.
        Forwarding = new ForwarderRequestConfig { ActivityTimeout = options.Timeouts.Total + TimeSpan.FromMinutes(1) };
    }

    public GatewayOptions Options { get; }

    public ProviderTable Providers { get; }

    public HeaderPolicy Headers { get; }

    public PassThroughPaths PassThrough { get; }

    public BudgetBook Budgets { get; }

    public ControlBook Controls { get; }

    public ICampaignDirectory? Campaigns { get; }

    public ForwarderRequestConfig Forwarding { get; }
}
