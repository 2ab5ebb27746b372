using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>
/// Reads the files that a gateway wrote earlier, in the order in which they were written, beside a gateway that serves: one batch of
/// lines at a time, so that the live path keeps its cores.
/// </summary>
/// <param name="files">Log files, oldest first.</param>
/// <param name="key">Key of sketches of exchanges that were stored with their text.</param>
public sealed class StoredLog(IReadOnlyList<string> files, SketchKey key)
{
    private const int BatchesMax = 1;

    /// <summary>How far a checkpoint had read into these files, or null to read all of them.</summary>
    public LogPosition? From { get; init; }

    /// <summary>Reads every file. One that cannot be read is told and passed over; what was read of it counts.</summary>
    /// <param name="take">Receives the exchanges, in order, a batch at a time; they are the receiver's.</param>
    /// <param name="onProblem">Called once for each bad line.</param>
    /// <param name="onFailure">Called once for each file that cannot be read, or not to its end, with a message for the operator.</param>
    /// <param name="progress">Receives the share of the bytes read, 0 to 1.</param>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>Completes when every file was read.</returns>
    /// <exception cref="LogChangedException">The files do not begin with the lines of the checkpoint; what was fed by then must be thrown away.</exception>
    public async Task ReadAsync(
        Action<IReadOnlyList<SketchedExchange>> take,
        Action<LogProblem> onProblem,
        Action<string> onFailure,
        IProgress<double> progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(take);
        ArgumentNullException.ThrowIfNull(progress);
        var sizes = files.Select(file => File.Exists(file) ? new FileInfo(file).Length : 0).ToArray();
        double total = Math.Max(1, sizes.Sum());
        var skip = new LineSkip(From);
        long before = 0;
        for (var i = 0; i < files.Count; i++)
        {
            try
            {
                await foreach (var batch in new LogSource([files[i]], key, BatchesMax) { Skip = skip }.ReadAsync(cancellation).ConfigureAwait(false))
                {
                    batch.Problems.ForEach(onProblem);
                    take(batch.Exchanges);
                    progress.Report(Math.Min(1, (before + batch.BytesRead) / total));
                }
            }
            catch (LogFormatException failure)
            {
                onFailure(failure.Message);
            }

            before += sizes[i];
        }

        if (!skip.IsPast)
        {
            throw new LogChangedException($"the log has {skip.Lines} lines, fewer than the checkpoint");
        }
    }
}
