namespace Stillgate.Server.Places;

/// <summary>A package that was downloaded, verified and unpacked.</summary>
/// <param name="Version">The version that the registry gave.</param>
/// <param name="Licence">The licence that the package states.</param>
/// <param name="Integrity">The hash that the registry publishes, which the file that came has.</param>
/// <param name="Notice">The texts of its licence files, or null.</param>
/// <param name="Files">The files that were asked for, unpacked.</param>
internal sealed record NpmPackage(string Version, string Licence, string Integrity, string? Notice, IReadOnlyList<string> Files);
