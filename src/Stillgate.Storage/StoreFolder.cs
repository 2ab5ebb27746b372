using System.Security.Cryptography;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Storage;

/// <summary>
/// The folder in which an installation keeps its state: <c>stillgate.db</c> (registrations and keys), <c>secret</c> (the key of the
/// keyed hashes, readable by its owner alone) and <c>exchanges/</c> (the exchange log).
/// </summary>
public sealed class StoreFolder
{
    private const int SecretBytes = 32;

    private StoreFolder(string path, byte[] secret)
    {
        Path = path;
        Secret = secret;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Where the exchange log is written.</summary>
    public string ExchangeLogPath => System.IO.Path.Combine(Path, "exchanges");

    /// <summary>32 bytes that never leave this machine: without them stored hashes say nothing of keys.</summary>
    public ReadOnlyMemory<byte> Secret { get; }

    internal string DatabasePath => System.IO.Path.Combine(Path, "stillgate.db");

    /// <summary>Opens the folder; makes it, and its secret, where it is not there yet.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="StoreException">It cannot be made or read, or its secret is damaged.</exception>
    public static StoreFolder Open(string path)
    {
        try
        {
            Make(path);
            return new StoreFolder(path, ReadOrMakeSecret(System.IO.Path.Combine(path, "secret")));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path}: the store cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>A folder that is made here is its owner's alone: what is known of customers stands in it. One that is there already keeps the rights that the operator gave it.</summary>
    private static void Make(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private static byte[] ReadOrMakeSecret(string file)
    {
        if (!File.Exists(file))
        {
            using var stream = new FileStream(file, PrivateFile.Options(FileMode.CreateNew));
            stream.Write(RandomNumberGenerator.GetBytes(SecretBytes));
            stream.Flush(flushToDisk: true);
        }

        var secret = File.ReadAllBytes(file);
        return secret.Length == SecretBytes
            ? secret
            : throw new StoreException($"{file}: expected {SecretBytes} bytes; every key of this store depends on them, so restore the file from a backup");
    }
}
