using System.Globalization;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Commands;

namespace Stillgate.Server.Hosting;

/// <summary>The store's sketch key: made once, readable by its owner alone, kept for as long as the log that was sketched with it.</summary>
internal static class SketchKeyFile
{
    private const string Name = "sketch.key";

    /// <summary>Reads the store's key, or makes one.</summary>
    /// <param name="store">The store's folder; created where missing.</param>
    /// <returns>The key.</returns>
    /// <exception cref="OperatorException">The file cannot be read or made, or is not a key.</exception>
    public static SketchKey LoadOrCreate(string store)
    {
        var path = Path.Combine(store, Name);
        try
        {
            Directory.CreateDirectory(store);
            return File.Exists(path) ? Read(path) : Create(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{path}: cannot be used: {cause.Message}");
        }
    }

    /// <summary>Reads a key.</summary>
    /// <param name="path">A store's key file.</param>
    /// <returns>The key.</returns>
    /// <exception cref="OperatorException">The file cannot be read, or is not a key.</exception>
    public static SketchKey Load(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{path}: cannot be used: {cause.Message}");
        }
    }

    private static SketchKey Read(string path)
    {
        try
        {
            return SketchKey.FromSecret(Convert.FromHexString(File.ReadAllText(path).Trim()));
        }
        catch (Exception cause) when (cause is FormatException or ArgumentException)
        {
            throw new OperatorException(string.Create(CultureInfo.InvariantCulture, $"{path}: expected a sketch key of 32 hexadecimal digits"));
        }
    }

    private static SketchKey Create(string path)
    {
        var key = SketchKey.Create();
        using var writer = new StreamWriter(path, PrivateFile.Options(FileMode.CreateNew));
        writer.WriteLine(Convert.ToHexStringLower(key.Secret));
        return key;
    }
}
