using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Forwarder;

namespace Stillgate.Gateway;

/// <summary>Holds the configuration that is in force. Read without a lock; changed as a whole.</summary>
public sealed class GatewayConfigSource
{
    private readonly TimeProvider _time;
    private readonly ICampaignDirectory? _campaigns;
    private readonly Lock _turn = new();
    private GatewayConfig _current;

    /// <summary>Puts the first configuration in force.</summary>
    /// <param name="options">What the stages are set to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="campaigns">Which campaign an account is in; null where no analysis runs.</param>
    public GatewayConfigSource(GatewayOptions options, TimeProvider time, ICampaignDirectory? campaigns)
    {
        (_time, _campaigns) = (time, campaigns);
        _current = new GatewayConfig(options, time, campaigns, before: null);
    }

    internal GatewayConfig Current => Volatile.Read(ref _current);

    /// <summary>The providers of the configuration in force, and how each does.</summary>
    public IReadOnlyList<ProviderStanding> Providers => [.. Current.Providers.All.Select(provider => new ProviderStanding(
        provider.Options.Name, provider.Options.Address, provider.Options.Dialects, provider.Options.Models, provider.Options.Weight, provider.Options.Probe is not null, provider.IsResting))];

    /// <summary>The controls in force.</summary>
    public ControlOptions Controls => Current.Options.Controls;

    /// <summary>What was used of the budgets in force, as it stands while it is enumerated.</summary>
    public IEnumerable<BudgetStanding> BudgetStandings => Current.Budgets.Standings();

    /// <summary>Whether budgets have counted anything since this was asked last.</summary>
    /// <returns>True where they have.</returns>
    public bool TakeBudgetsChanged() => Current.Budgets.TakeChanged();

    /// <summary>Takes up what was used of the budgets before. For a start, before anything is served.</summary>
    /// <param name="standings">What was used.</param>
    public void RestoreBudgets(IEnumerable<BudgetStanding> standings) => Current.Budgets.Restore(standings);

    /// <summary>
    /// Puts another configuration in force for the exchanges that arrive from now on. What budgets have counted and what is known of
    /// providers' health goes on where the new one has the same budget or provider.
    /// </summary>
    /// <param name="options">What the stages are set to; already checked.</param>
    public void Replace(GatewayOptions options)
    {
        lock (_turn)
        {
            Volatile.Write(ref _current, new GatewayConfig(options, _time, _campaigns, _current));
        }
    }
}
