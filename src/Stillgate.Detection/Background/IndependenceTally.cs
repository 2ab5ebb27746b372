namespace Stillgate.Detection.Background;

/// <summary>How independent the users of a prompt are.</summary>
/// <param name="Users">Users looked at.</param>
/// <param name="Independent">Those that are established and share no identifying fact with any other.</param>
/// <param name="SubjectShare">Share of the variance of subjects that lies between the independent ones, 0 to 1.</param>
public sealed record IndependenceTally(int Users, int Independent, double SubjectShare)
{
    /// <summary>Whether sharing the prompt says nothing.</summary>
    public bool IsBackground =>
        Independent >= IndependenceRule.IndependentMin
        && Independent >= IndependenceRule.ShareMin * Users
        && SubjectShare >= IndependenceRule.SubjectShareMin;
}
