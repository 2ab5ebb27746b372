namespace Stillgate.Storage.Admin;

/// <summary>One change that was made to an installation: who, when, what.</summary>
/// <param name="Number">Its place in the order of changes, from 1.</param>
/// <param name="At">When, UTC.</param>
/// <param name="By">The id of the admin key that made it, or <c>command</c> for a command on the machine itself.</param>
/// <param name="Action">What was done, such as <c>hold.create</c>.</param>
/// <param name="Subject">To what.</param>
/// <param name="Answer">What the caller was answered, as JSON, without secrets.</param>
public sealed record AdminChange(long Number, DateTimeOffset At, string By, string Action, string Subject, string Answer);
