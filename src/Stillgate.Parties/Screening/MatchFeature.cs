namespace Stillgate.Parties.Screening;

/// <summary>One reason for or against a match.</summary>
/// <param name="Name">The feature, in words.</param>
/// <param name="Value">How much of it there is.</param>
/// <param name="LogOdds">What it adds to the log-odds of a match; negative speaks against.</param>
public readonly record struct MatchFeature(string Name, double Value, double LogOdds);
