namespace Stillgate.Detection.Evidence;

/// <summary>The highest scores that an account reached within one peer class and band.</summary>
/// <param name="Structure">Of the structure model.</param>
/// <param name="Elicitation">Of the elicitation model.</param>
/// <param name="Together">Of both at one checkpoint.</param>
internal readonly record struct AccountLife(double Structure, double Elicitation, double Together)
{
    public static AccountLife None => new(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity);

    /// <summary>Whether it was scored in the band at all.</summary>
    public bool IsReached => Together > double.NegativeInfinity;

    public AccountLife With(double structure, double elicitation) =>
        new(Math.Max(Structure, structure), Math.Max(Elicitation, elicitation), Math.Max(Together, structure + elicitation));
}
