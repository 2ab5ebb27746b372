using Stillgate.Detection.Engine;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Pipeline;

/// <summary>
/// An analysis on disk: how far it has read, and its engine. Written beside its place and renamed, so that a reader sees the old one or the
/// new one, whatever kills the writer. The format is <c>docs/formats/checkpoint.md</c>, version 4.
/// </summary>
public static class CheckpointFile
{
    /// <summary>The layout that this build writes and reads.</summary>
    public const int Version = 4;

    private const int FilesMax = 1 << 20;

    private static ReadOnlySpan<byte> Magic => "stillgate checkpoint\n"u8;

    /// <summary>Writes a checkpoint and puts it in place.</summary>
    /// <param name="file">Its place.</param>
    /// <param name="position">How far the engine has read.</param>
    /// <param name="engine">The engine; nobody may feed it meanwhile.</param>
    /// <param name="rules"><see cref="AnalysisEngine.RulesOf"/> the options that it runs under.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void Save(string file, LogPosition position, AnalysisEngine engine, ulong rules)
    {
        WritePartial(file, position, engine, rules);
        Publish(file);
    }

    /// <summary>Writes a checkpoint beside its place; <see cref="Publish"/> puts it there.</summary>
    /// <param name="file">Its place.</param>
    /// <param name="position">How far the engine has read.</param>
    /// <param name="engine">The engine; nobody may feed it meanwhile.</param>
    /// <param name="rules"><see cref="AnalysisEngine.RulesOf"/> the options that it runs under.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static void WritePartial(string file, LogPosition position, AnalysisEngine engine, ulong rules)
    {
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(engine);
        using var stream = new FileStream(Partial(file), FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        stream.Write(Magic);
        var sections = new SectionWriter(stream);
        WriteHead(sections.Content, position, rules);
        sections.End(SectionKind.Head);
        engine.Write(sections);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Puts what <see cref="WritePartial"/> wrote in its place.</summary>
    /// <param name="file">The place.</param>
    /// <exception cref="IOException">It cannot be renamed.</exception>
    public static void Publish(string file) => File.Move(Partial(file), file, overwrite: true);

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="file">Its place.</param>
    /// <param name="options">The options to go on under.</param>
    /// <param name="reason">Why there is none to go on from, for the operator; null where there simply is no file.</param>
    /// <returns>How far it had read and the engine, or null.</returns>
    public static (LogPosition Position, AnalysisEngine Engine)? TryLoad(string file, AnalysisOptions options, out string? reason) =>
        TryLoad(file, options, AnalysisEngine.RulesOf(options), out reason);

    /// <summary>The same, for rules that are known.</summary>
    internal static (LogPosition Position, AnalysisEngine Engine)? TryLoad(string file, AnalysisOptions options, ulong rules, out string? reason)
    {
        reason = null;
        if (!File.Exists(file))
        {
            return null;
        }

        try
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
            return Load(stream, options, rules);
        }
        catch (Exception failure) when (failure is StateFormatException or IOException or UnauthorizedAccessException)
        {
            reason = $"{file}: {failure.Message}";
            return null;
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException or InvalidOperationException or OverflowException)
        {
            // The hashes hold and the content makes no sense: a writer of another build. Reading the log again is always right.
            reason = $"{file}: not a checkpoint of this build: {failure.GetType().Name}";
            return null;
        }
    }

    private static (LogPosition Position, AnalysisEngine Engine) Load(Stream stream, AnalysisOptions options, ulong rules)
    {
        Span<byte> magic = stackalloc byte[Magic.Length];
        if (stream.ReadAtLeast(magic, magic.Length, throwOnEndOfStream: false) < magic.Length || !magic.SequenceEqual(Magic))
        {
            throw new StateFormatException("not a checkpoint");
        }

        var sections = new SectionReader(stream);
        var head = sections.Open(SectionKind.Head);
        var version = head.Number();
        if (version != Version)
        {
            throw new StateFormatException($"a checkpoint of version {version}, and this build reads version {Version}");
        }

        if (head.Word() != rules)
        {
            throw new StateFormatException("made under another calibration, sketch key or background");
        }

        var position = ReadPosition(ref head);
        return (position, AnalysisEngine.Read(sections, options));
    }

    private static void WriteHead(StateWriter into, LogPosition position, ulong rules)
    {
        into.Number(Version);
        into.Word(rules);
        into.Number((ulong)position.Files.Count);
        foreach (var (name, bytes) in position.Files)
        {
            into.Text(name);
            into.Number((ulong)bytes);
        }

        into.Number((ulong)position.Lines);
        into.Flag(position.LinesHash is not null);
        into.Word(position.LinesHash ?? 0);
        into.Text(position.LastExchange);
        into.Number((ulong)position.Problems);
        into.Signed(position.LatestMs);
    }

    private static LogPosition ReadPosition(ref StateReader from)
    {
        var files = new (string, long)[from.Count(FilesMax)];
        for (var i = 0; i < files.Length; i++)
        {
            files[i] = (from.Text() ?? "", (long)from.Number());
        }

        var lines = (long)from.Number();
        var hasHash = from.Flag();
        var hash = from.Word();
        return new LogPosition
        {
            Files = files,
            Lines = lines,
            LinesHash = hasHash ? hash : null,
            LastExchange = from.Text(),
            Problems = (long)from.Number(),
            LatestMs = from.Signed(),
        };
    }

    private static string Partial(string file) => file + ".partial";
}
