using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Stillgate.Server.Commands;

namespace Stillgate.Server.Hosting.Tls;

/// <summary>The certificate in force. Connections that stand keep theirs; the next one gets the new.</summary>
internal sealed class ServerCertificate(TlsOptions options)
{
    private SslStreamCertificateContext? _context;

    /// <summary>The certificate with its chain.</summary>
    public SslStreamCertificateContext Context => Volatile.Read(ref _context) ?? throw new InvalidOperationException("The certificate was not read yet.");

    /// <summary>The files that it is made of.</summary>
    public IReadOnlyList<string> Paths => [options.CertificatePath, options.KeyPath];

    /// <summary>Reads the files and puts the certificate in force.</summary>
    /// <exception cref="OperatorException">They cannot be used; the last one stays.</exception>
    public void Load() => Volatile.Write(ref _context, Read());

    /// <summary>Reads the files now, and again whenever they change.</summary>
    /// <param name="setting">The setting that names them, for the log.</param>
    /// <param name="logger">Told of files that cannot be used.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="OperatorException">They cannot be used now.</exception>
    public FileFollower Follow(string setting, ILogger logger, TimeProvider time) =>
        new(Paths, Load, reason => ServerLog.FileUnusable(logger, setting, reason), time);

    private SslStreamCertificateContext Read()
    {
        try
        {
            var leaf = X509Certificate2.CreateFromPemFile(options.CertificatePath, options.KeyPath);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(options.CertificatePath);
            chain.RemoveAt(0);

            // Nothing is fetched from outside: what the file holds is what clients are shown.
            return SslStreamCertificateContext.Create(leaf, chain, offline: true);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new OperatorException($"tls: {options.CertificatePath} with key {options.KeyPath}: expected a certificate and its unencrypted private key in PEM: {cause.Message}");
        }
    }
}
