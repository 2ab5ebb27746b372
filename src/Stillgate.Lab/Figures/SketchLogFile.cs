using System.IO.Compression;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Figures;

/// <summary>Makes a sketch log of a text log: what a gateway stores where content is not kept.</summary>
internal static class SketchLogFile
{
    /// <summary>Converts.</summary>
    /// <param name="log">A log with text.</param>
    /// <param name="target">File to write, compressed.</param>
    /// <param name="stop">Ends the run.</param>
    /// <exception cref="LogFormatException">The log cannot be read.</exception>
    public static void Convert(string log, string target, CancellationToken stop)
    {
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        using var lines = new ExchangeLineWriter();
        using var gzip = new GZipStream(File.Create(target), CompressionLevel.Fastest);
        foreach (var record in new ExchangeLogReader(log, problem => throw new LogFormatException(problem.ToString())).Read())
        {
            stop.ThrowIfCancellationRequested();
            gzip.Write(lines.Encode(sketcher.WithoutContent(record)).Span);
        }
    }
}
