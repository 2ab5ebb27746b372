namespace Stillgate.Detection.Evidence;

/// <summary>The highest scores that an account reached within one peer class and band.</summary>
/// <param name="Kinds">Of each kind by itself.</param>
/// <param name="Together">Of behaviour and words at one checkpoint.</param>
internal readonly record struct AccountLife(AccountScores Kinds, double Together)
{
    public static AccountLife None { get; } =
        new(new AccountScores(double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity, double.NegativeInfinity), double.NegativeInfinity);

    /// <summary>Whether it was scored in the band at all.</summary>
    public bool IsReached => Together > double.NegativeInfinity;

    public AccountLife With(in AccountScores look) => new(
        new AccountScores(
            Math.Max(Kinds.Structure, look.Structure),
            Math.Max(Kinds.Elicitation, look.Elicitation),
            Math.Max(Kinds.Pace, look.Pace),
            Math.Max(Kinds.Content, look.Content)),
        Math.Max(Together, look.Together));
}
