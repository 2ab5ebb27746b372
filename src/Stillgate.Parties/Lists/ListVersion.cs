namespace Stillgate.Parties.Lists;

/// <summary>Which state of a list a verdict rests on.</summary>
/// <param name="Name">The list's name.</param>
/// <param name="Sha256">SHA-256 over the bytes of all its files in reading order, lower-case hexadecimal.</param>
/// <param name="Retrieved">When the file was retrieved: its modification time, unless the operator states another.</param>
/// <param name="EntryCount">Parties that were read.</param>
public sealed record ListVersion(string Name, string Sha256, DateTimeOffset Retrieved, int EntryCount);
