namespace Stillgate.Policy.Rules;

/// <summary>Something wrong with a policy file.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">The line, from 1; 0 where it is the file as a whole.</param>
/// <param name="Field">The field, as a path.</param>
/// <param name="Message">What is wrong, and what was expected.</param>
/// <param name="IsWarning">Worth a look, but no reason to refuse the policy.</param>
public sealed record PolicyProblem(string File, int Line, string Field, string Message, bool IsWarning = false)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: {(IsWarning ? "warning: " : string.Empty)}{Field}: {Message}";
}
