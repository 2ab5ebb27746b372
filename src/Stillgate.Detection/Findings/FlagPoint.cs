namespace Stillgate.Detection.Findings;

/// <summary>The point at which <see cref="Verdict.Harvest"/> was first reached. What comes later never moves it.</summary>
/// <param name="Exchange">The account's latest exchange at that moment.</param>
/// <param name="Index">How many exchanges the account had made by then, itself counted.</param>
/// <param name="At">The moment of the decision, in the log's time: the arrival of the exchange that tipped it, which may be another account's.</param>
public sealed record FlagPoint(string Exchange, long Index, DateTimeOffset At);
