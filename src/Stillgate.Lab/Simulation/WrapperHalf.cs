namespace Stillgate.Lab.Simulation;

/// <summary>
/// Which half of the authored harvesting wrappers a composition draws on. Detection is tuned on <see cref="Tune"/> and its
/// figures are reported on <see cref="Report"/>, so that no figure measures how well a wrapper was memorised.
/// </summary>
public enum WrapperHalf
{
    /// <summary>Both halves.</summary>
    All,

    /// <summary>The half for tuning.</summary>
    Tune,

    /// <summary>The half for reported figures.</summary>
    Report,
}
