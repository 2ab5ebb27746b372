namespace Stillgate.Storage.Admin;

/// <summary>What tells a repeated request from a new one.</summary>
/// <param name="Key">The caller's own key for the request; unique for one admin key.</param>
/// <param name="Digest">SHA-256 of the request, in hexadecimal.</param>
public sealed record AdminRequestMark(string Key, string Digest);
