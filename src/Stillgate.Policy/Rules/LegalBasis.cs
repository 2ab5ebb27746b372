namespace Stillgate.Policy.Rules;

/// <summary>On what a rule rests.</summary>
/// <param name="Citation">The text that one can look up.</param>
/// <param name="Status">How it stands, where the rule's periods do not say otherwise.</param>
/// <param name="Url">Where to read it; null where there is no address.</param>
public sealed record LegalBasis(string Citation, LegalStatus Status, string? Url);
