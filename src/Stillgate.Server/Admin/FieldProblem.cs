namespace Stillgate.Server.Admin;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="Field">The field, parameter or header; empty for the whole.</param>
/// <param name="Expected">What was expected there.</param>
/// <param name="Line">The line of the body, from 1; null where the body has no lines.</param>
/// <param name="File">The file of a policy, or null.</param>
internal sealed record FieldProblem(string Field, string Expected, long? Line = null, string? File = null);
