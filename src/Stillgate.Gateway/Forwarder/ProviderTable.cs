namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// The providers. Among those that serve a dialect and a model, each gets its share by weight; one that rests is passed over, unless
/// all of them rest: then trying is better than refusing.
/// </summary>
internal sealed class ProviderTable
{
    private readonly ProviderState[] _providers;
    private uint _turn;

    public ProviderTable(IReadOnlyList<ProviderOptions> providers, TimeProvider time)
        : this(providers, time, before: null)
    {
    }

    /// <summary>Creates the table; what the last one knew of a provider of the same name and address is kept.</summary>
    public ProviderTable(IReadOnlyList<ProviderOptions> providers, TimeProvider time, ProviderTable? before) => _providers =
    [
        .. providers.Select(options => new ProviderState(options, Array.Find(before?._providers ?? [], old => old.IsSame(options))?.Health ?? new ProviderHealth(time))),
    ];

    public IReadOnlyList<ProviderState> All => _providers;

    /// <summary>Chooses a provider.</summary>
    /// <param name="dialect">The dialect that it must serve.</param>
    /// <param name="model">The model that it must serve, or null for any.</param>
    /// <param name="tried">Providers that could not be reached for this request, which are not chosen again.</param>
    public ProviderState? Choose(string dialect, string? model, IReadOnlyCollection<ProviderState> tried) =>
        ChooseAmong(dialect, model, tried, withResting: false) ?? ChooseAmong(dialect, model, tried, withResting: true);

    private ProviderState? ChooseAmong(string dialect, string? model, IReadOnlyCollection<ProviderState> tried, bool withResting)
    {
        var total = 0;
        ProviderState? only = null;
        foreach (var provider in _providers)
        {
            if (Serves(provider, dialect, model, tried, withResting))
            {
                total += provider.Options.Weight;
                only = provider;
            }
        }

        if (only is null || total == only.Options.Weight)
        {
            return only;
        }

        // Turns rather than chance: shares are exact over every run of as many requests as there is weight.
        var turn = (int)(Interlocked.Increment(ref _turn) % (uint)total);
        foreach (var provider in _providers)
        {
            if (Serves(provider, dialect, model, tried, withResting) && (turn -= provider.Options.Weight) < 0)
            {
                return provider;
            }
        }

        return only;
    }

    // Asked for every request: by plain loops, since what captures or enumerates through an interface allocates.
    private static bool Serves(ProviderState provider, string dialect, string? model, IReadOnlyCollection<ProviderState> tried, bool withResting)
    {
        if ((!withResting && provider.IsResting) || (tried.Count > 0 && tried.Contains(provider)))
        {
            return false;
        }

        var isSpoken = false;
        for (var i = 0; i < provider.Options.Dialects.Count && !isSpoken; i++)
        {
            isSpoken = string.Equals(provider.Options.Dialects[i], dialect, StringComparison.Ordinal);
        }

        var isServed = model is null;
        for (var i = 0; i < provider.Options.Models.Count && isSpoken && !isServed; i++)
        {
            isServed = ModelPattern.Matches(provider.Options.Models[i], model!);
        }

        return isSpoken && isServed;
    }
}
