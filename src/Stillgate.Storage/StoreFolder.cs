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
    private const string DatabaseName = "stillgate.db";
    private const string Expected = "expected a store's folder, as 'stillgate up' makes it";

    private StoreFolder(string path, byte[] secret, bool isNew)
    {
        Path = path;
        Secret = secret;
        IsNew = isNew;
    }

    /// <summary>The folder.</summary>
    public string Path { get; }

    /// <summary>Whether opening it has made it a store.</summary>
    public bool IsNew { get; }

    /// <summary>Where the exchange log is written.</summary>
    public string ExchangeLogPath => System.IO.Path.Combine(Path, "exchanges");

    /// <summary>32 bytes that never leave this machine: without them stored hashes say nothing of keys.</summary>
    public ReadOnlyMemory<byte> Secret { get; }

    internal string DatabasePath => System.IO.Path.Combine(Path, DatabaseName);

    /// <summary>Opens the folder; makes it, and its secret, where it is not there yet.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="StoreException">It cannot be made or read, or its secret is damaged.</exception>
    public static StoreFolder Open(string path)
    {
        try
        {
            Make(path);
            var secret = ReadOrMakeSecret(path, out var isNew);
            return new StoreFolder(path, secret, isNew);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path}: the store cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>Opens the folder of a store that is there. Whoever asks what a store holds must not take a misspelled folder for an empty one, nor leave one behind.</summary>
    /// <param name="path">The folder.</param>
    /// <returns>The folder.</returns>
    /// <exception cref="StoreException">It is no store, or cannot be read, or its secret is damaged. Nothing was made.</exception>
    public static StoreFolder OpenExisting(string path)
    {
        try
        {
            // Throws what Exists would swallow: a store that its reader may not look into is a store.
            _ = File.GetAttributes(System.IO.Path.Combine(path, DatabaseName));
        }
        catch (Exception cause) when (cause is FileNotFoundException or DirectoryNotFoundException)
        {
            var wrong = File.Exists(path) ? "is a file" : Directory.Exists(path) ? $"is no store: it has no file {DatabaseName}" : "there is no such folder";
            throw new StoreException($"{path}: {wrong}; {Expected}", cause);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{path}: the store cannot be opened: {cause.Message}", cause);
        }

        return Open(path);
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

    private static byte[] ReadOrMakeSecret(string folder, out bool isNew)
    {
        var file = System.IO.Path.Combine(folder, "secret");
        isNew = !File.Exists(file);
        if (isNew)
        {
            // The database is made after the secret: where it is there, another secret would make strangers of all its keys.
            if (File.Exists(System.IO.Path.Combine(folder, DatabaseName)))
            {
                throw new StoreException($"{file}: missing; every key in {DatabaseName} beside it depends on it, so restore the file from a backup");
            }

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
