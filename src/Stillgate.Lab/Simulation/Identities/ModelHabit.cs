namespace Stillgate.Lab.Simulation.Identities;

/// <summary>Which model an account asks for, and how it takes up a newly launched one.</summary>
/// <param name="Usual">The model before any switch.</param>
/// <param name="Launch">When the new model becomes available.</param>
/// <param name="SwitchAt">When the account begins to use the new model, or null for never.</param>
/// <param name="SwitchShare">Share of requests that go to the new model from then on.</param>
internal sealed record ModelHabit(string Usual, DateTimeOffset Launch, DateTimeOffset? SwitchAt, double SwitchShare)
{
    /// <summary>The model that is launched during every composition.</summary>
    public const string Launched = "m-next";

    private static readonly string[] Usuals = ["m-large", "m-mid", "m-small", "m-reason"];
    private static readonly double[] Weights = [0.38, 0.3, 0.17, 0.15];

    /// <summary>An ordinary habit: one in three tries the new model, most of them days after its launch.</summary>
    public static ModelHabit Ordinary(DateTimeOffset launch, Chance chance)
    {
        var usual = Usuals[chance.Weighted(Weights)];
        DateTimeOffset? switchAt = chance.Hit(0.35) ? launch.AddDays(chance.Exponential(3)) : null;
        return new ModelHabit(usual, launch, switchAt, chance.Between(0.1, 1.0));
    }

    public string At(DateTimeOffset at, Chance chance) =>
        SwitchAt is { } since && at >= since && chance.Hit(SwitchShare) ? Launched : Usual;
}
