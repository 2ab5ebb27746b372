namespace Stillgate.Policy.Rules;

/// <summary>A fact that a decision rests on.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value as the rule language writes it; <c>undetermined</c> where it is not known.</param>
/// <param name="Source">Where it comes from; null where nobody said, and where it is not known; a places file that was asked is named whatever it answered.</param>
public sealed record DecisionFact(string Name, string Value, FactSource? Source);
