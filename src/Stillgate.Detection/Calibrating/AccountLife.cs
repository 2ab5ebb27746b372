namespace Stillgate.Detection.Calibrating;

/// <summary>The highest scores that an account reached at any of its checkpoints within one peer class.</summary>
/// <param name="Structure">Of the structure model.</param>
/// <param name="Elicitation">Of the elicitation model.</param>
/// <param name="Together">Of both at one checkpoint.</param>
internal sealed record AccountLife(double Structure, double Elicitation, double Together)
{
    public AccountLife With(double structure, double elicitation) =>
        new(Math.Max(Structure, structure), Math.Max(Elicitation, elicitation), Math.Max(Together, structure + elicitation));
}
