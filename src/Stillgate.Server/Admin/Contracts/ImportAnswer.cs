namespace Stillgate.Server.Admin.Contracts;

/// <summary>What an import took in.</summary>
/// <param name="Added">How many were added; 0 in a dry run.</param>
/// <param name="Read">How many the body holds.</param>
/// <param name="DryRun">Whether the body was only checked.</param>
/// <param name="ByKind">How many of each kind.</param>
/// <param name="Sha256">SHA-256 of the body, by which the change names it.</param>
internal sealed record ImportAnswer(int Added, int Read, bool DryRun, IReadOnlyDictionary<string, int> ByKind, string Sha256);
