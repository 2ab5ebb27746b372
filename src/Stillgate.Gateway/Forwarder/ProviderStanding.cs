namespace Stillgate.Gateway.Forwarder;

/// <summary>A provider of the configuration in force and how it does. Its credential is not in it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address.</param>
/// <param name="Dialects">The dialects that it serves.</param>
/// <param name="Models">Patterns of the models that it serves.</param>
/// <param name="Weight">Its share among those that serve the same.</param>
/// <param name="IsProbed">Whether it is asked beside the requests.</param>
/// <param name="IsResting">Whether it is passed over now because it failed to answer.</param>
public sealed record ProviderStanding(
    string Name, Uri Address, IReadOnlyList<string> Dialects, IReadOnlyList<string> Models, int Weight, bool IsProbed, bool IsResting);
