namespace Stillgate.Lab.Charts;

/// <summary>One row of an interval chart: a dot with its whiskers, or, without values, a heading.</summary>
/// <param name="Label">Stands on the left.</param>
/// <param name="Values">Lower end, estimate and upper end; null for a heading.</param>
/// <param name="Note">Stands on the right: usually the counts.</param>
internal sealed record IntervalRow(string Label, (double Low, double Estimate, double High)? Values, string Note);
