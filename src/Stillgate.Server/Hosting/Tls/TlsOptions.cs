namespace Stillgate.Server.Hosting.Tls;

/// <summary>The certificate that the gateway's own listener shows.</summary>
/// <param name="CertificatePath">A PEM file: the certificate, and behind it those of its issuers, without the root.</param>
/// <param name="KeyPath">A PEM file with the certificate's private key, not encrypted; may be the same file.</param>
internal sealed record TlsOptions(string CertificatePath, string KeyPath);
