using System.Text.Json;

namespace Stillgate.Server.Admin.Contracts;

/// <summary>One change.</summary>
/// <param name="Number">Its place in the order of changes.</param>
/// <param name="At">When.</param>
/// <param name="By">The id of the admin key that made it; <c>command</c> for a command on the machine.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">To what.</param>
/// <param name="What">What its caller was answered, without secrets.</param>
internal sealed record ChangeAnswer(long Number, DateTimeOffset At, string By, string Action, string Subject, JsonElement What);
