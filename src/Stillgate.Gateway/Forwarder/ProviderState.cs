namespace Stillgate.Gateway.Forwarder;

/// <summary>A provider as one configuration names it, and how it has been doing.</summary>
internal sealed class ProviderState(ProviderOptions options, ProviderHealth health)
{
    public const int FailuresMax = ProviderHealth.FailuresMax;

    public ProviderOptions Options => options;

    public ProviderHealth Health => health;

    public bool IsResting => health.IsResting;

    public bool IsSame(ProviderOptions other) => options.Name == other.Name && options.Address == other.Address;

    public void Succeeded() => health.Succeeded();

    public void Failed() => health.Failed();
}
