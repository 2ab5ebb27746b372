namespace Stillgate.Gateway.Forwarder;

/// <summary>The providers in the order of the configuration. The first that serves the dialect and the model is taken.</summary>
internal sealed class ProviderTable(IReadOnlyList<ProviderOptions> providers)
{
    public ProviderOptions? Find(string dialect, string? model)
    {
        foreach (var provider in providers)
        {
            if (provider.Dialects.Contains(dialect) && (model is null || provider.Models.Any(pattern => ModelPattern.Matches(pattern, model))))
            {
                return provider;
            }
        }

        return null;
    }
}
