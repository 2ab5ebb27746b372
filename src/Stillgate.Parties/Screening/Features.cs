namespace Stillgate.Parties.Screening;

/// <summary>The numbers by which a pair is judged, named; the order of the names is the order of the values.</summary>
/// <param name="Names">Names, in words that an analyst reads.</param>
/// <param name="Values">Values, 0 where the feature is absent.</param>
internal readonly record struct Features(string[] Names, double[] Values);
