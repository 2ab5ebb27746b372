namespace Stillgate.Server.Demo;

/// <summary>Where the parts of a demo listen.</summary>
internal sealed record DemoAddresses(Uri Console, Uri Gateway, Uri Provider);
