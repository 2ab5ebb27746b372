namespace Stillgate.Detection.Exposures;

/// <summary>A capability that answers may teach, as far as a sketch can tell. The order is that of every list of domains.</summary>
public enum ExposureDomain
{
    /// <summary>Work with tools: trajectories of agents.</summary>
    Agent,

    /// <summary>The request holds code.</summary>
    Code,

    /// <summary>Verdicts, rubrics and preferences.</summary>
    Judging,

    /// <summary>Written-out or billed reasoning.</summary>
    Reasoning,

    /// <summary>Everything else.</summary>
    General,
}
