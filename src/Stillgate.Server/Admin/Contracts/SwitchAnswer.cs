namespace Stillgate.Server.Admin.Contracts;

/// <summary>A policy that was put in force.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Action"><c>activate</c> or <c>rollback</c>.</param>
/// <param name="Observing">Its rules that only observe until they are enforced.</param>
/// <param name="Warnings">What is doubtful about it.</param>
internal sealed record SwitchAnswer(string Version, string Action, IReadOnlyList<string> Observing, IReadOnlyList<string> Warnings);
