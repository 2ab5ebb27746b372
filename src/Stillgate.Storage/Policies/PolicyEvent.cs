namespace Stillgate.Storage.Policies;

/// <summary>That a policy was put in force.</summary>
/// <param name="Version">The policy's version.</param>
/// <param name="Action"><c>activate</c> or <c>rollback</c>.</param>
/// <param name="At">When.</param>
public sealed record PolicyEvent(string Version, string Action, DateTimeOffset At);
