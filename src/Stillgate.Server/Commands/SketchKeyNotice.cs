using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary>Tells whoever reads a log without content under another key than its sketches': nothing would fail, and no known prompt would be recognised.</summary>
internal static class SketchKeyNotice
{
    // A file is written by one gateway under one key, so its first sketch says which; a store of years has many files.
    private const int FilesMax = 100;
    private const int RecordsMax = 100;

    /// <summary>Looks at the first sketch of each file, and says of the first that is under another key what to do.</summary>
    /// <param name="log">The log.</param>
    /// <param name="key">The key of this run.</param>
    /// <exception cref="LogFormatException">There is no such log.</exception>
    public static void Tell(string log, SketchKey key)
    {
        // A pipe has no length, and what was read of it is gone.
        foreach (var file in LogFiles.Expand(log).Where(file => new FileInfo(file).Length > 0).Take(FilesMax))
        {
            if (KeyIn(file) is { } other && other != key.Id)
            {
                Console.Error.WriteLine(
                    $"stillgate: {file}: its sketches are under the key {other} and this run is under {key.Id}: no known prompt is recognised in them, so that users of one framework look like a group. Give the store's key: --sketch-key STORE/sketch.key");
                return;
            }
        }
    }

    private static string? KeyIn(string file)
    {
        try
        {
            return new ExchangeLogReader(file, static _ => { }).Read().Take(RecordsMax).FirstOrDefault(static record => record.Sketch is not null)?.Sketch?.KeyId;
        }
        catch (LogFormatException)
        {
            // What is wrong with the file is for the run itself to say.
            return null;
        }
    }
}
