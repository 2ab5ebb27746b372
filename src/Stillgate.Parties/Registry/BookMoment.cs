namespace Stillgate.Parties.Registry;

/// <summary>Two clocks of a question: the day that it is about, and what had been learned by when.</summary>
/// <param name="ValidAt">The moment asked about.</param>
/// <param name="KnownAt">Only what had been recorded by then counts.</param>
public readonly record struct BookMoment(DateTimeOffset ValidAt, DateTimeOffset KnownAt);
