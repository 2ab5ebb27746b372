namespace Stillgate.Policy.Bundles;

/// <summary>A policy file in a bundle.</summary>
/// <param name="Path">Its name, without folders.</param>
/// <param name="Text">Its content.</param>
public sealed record BundleFile(string Path, string Text);
