using System.IO.Compression;
using ZstdSharp;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Finds and opens the files of a log: one file, or every log file of a folder in name order.</summary>
public static class LogFiles
{
    private static readonly string[] Suffixes = [".jsonl", ".jsonl.gz", ".jsonl.zst"];

    // Line files that stand beside a log, as in the folder of a composition, and are none.
    private static readonly string[] Beside = ["registrations", "labels"];

    /// <summary>Lists the files that a log argument means.</summary>
    /// <param name="path">
    /// A file of any name, or a folder of <c>*.jsonl</c>, <c>*.jsonl.gz</c> and <c>*.jsonl.zst</c>; its <c>registrations</c> and <c>labels</c> are passed over.
    /// </param>
    /// <returns>At least one path, in ordinal name order.</returns>
    /// <exception cref="LogFormatException">The path does not exist, or the folder holds no log file.</exception>
    public static IReadOnlyList<string> Expand(string path)
    {
        if (File.Exists(path))
        {
            return [path];
        }

        if (!Directory.Exists(path))
        {
            throw new LogFormatException($"{path}: no such file or folder");
        }

        var files = Directory.GetFiles(path)
            .Where(file => Suffixes.Any(suffix => file.EndsWith(suffix, StringComparison.Ordinal)
                && !Beside.Contains(Path.GetFileName(file)[..^suffix.Length], StringComparer.Ordinal)))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return files.Length > 0 ? files : throw new LogFormatException($"{path}: the folder holds no exchange log, a *.jsonl, *.jsonl.gz or *.jsonl.zst file");
    }

    /// <summary>Opens a file for reading, decompressing by its name's ending.</summary>
    /// <param name="file">Path of the file.</param>
    /// <returns>A stream of UTF-8 lines that the caller disposes.</returns>
    /// <exception cref="LogFormatException">The file cannot be opened.</exception>
    public static Stream OpenRead(string file) => Decompress(file, OpenRaw(file));

    /// <summary>Opens a file for reading as it is on disk; a writer may still be appending to it.</summary>
    /// <param name="file">Path of the file.</param>
    /// <returns>A stream that the caller disposes.</returns>
    /// <exception cref="LogFormatException">The file cannot be opened.</exception>
    public static Stream OpenRaw(string file)
    {
        try
        {
            return new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.SequentialScan);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new LogFormatException($"{file}: cannot be opened: {cause.Message}", cause);
        }
    }

    /// <summary>Decompresses a file's bytes by its name's ending.</summary>
    /// <param name="file">Path of the file.</param>
    /// <param name="raw">The file's bytes; disposed with the result.</param>
    /// <returns>A stream of UTF-8 lines.</returns>
    public static Stream Decompress(string file, Stream raw) => Path.GetExtension(file) switch
    {
        ".gz" => new GZipStream(raw, CompressionMode.Decompress),
        ".zst" => new DecompressionStream(raw, leaveOpen: false),
        _ => raw,
    };

    /// <summary>Whether an exception means that a file's bytes are damaged or went away while it was read.</summary>
    /// <param name="cause">What was thrown.</param>
    /// <returns>True for I/O and decompression failures.</returns>
    public static bool IsReadFailure(Exception cause) => cause is IOException or InvalidDataException or ZstdException;
}
