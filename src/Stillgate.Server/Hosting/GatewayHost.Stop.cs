using Stillgate.Gateway.Recorder;

namespace Stillgate.Server.Hosting;

// How a gateway stops: nothing that runs is cut before its time, and nothing that ended goes unrecorded.
internal sealed partial class GatewayHost
{
    // For exchanges to end once they have been told to, and again once the server has cut them.
    private static readonly TimeSpan EndingTimeMax = TimeSpan.FromSeconds(10);

    /// <summary>What still runs has no more time: streams end with an error event, and are recorded. For a stop that is under way.</summary>
    public void EndDrain() => Drain.End();

    /// <summary>
    /// Stops: readiness turns to 503 at once, what runs has the drain time to finish, streams that are left are ended with an error
    /// event, and every record is written.
    /// </summary>
    /// <returns>A task that ends when everything is closed.</returns>
    public async Task StopAsync()
    {
        if (Interlocked.Exchange(ref _stopping, 1) == 1)
        {
            return;
        }

        Drain.Begin();
        ServerLog.Stopping(_logger, Metrics.ActiveExchanges, _options.Drain.TotalSeconds);
        await WaitForIdleAsync(_options.Drain);
        if (Metrics.ActiveExchanges > 0)
        {
            ServerLog.DrainOver(_logger, Metrics.ActiveExchanges);
        }

        Drain.End();

        // Ten thousand streams take some seconds to be told, and a record that comes after the queue is closed would be lost: first they
        // have the time to end in words, then the server cuts what is left, and what it cut has the time to be recorded.
        await WaitForIdleAsync(EndingTimeMax);
        await _app.StopAsync(CancellationToken.None);
        await WaitForIdleAsync(EndingTimeMax);
        await _app.Services.GetRequiredService<ExchangeCloser>().CompleteAsync();
        _budgets.Save();
        _ledgers.Save();
        _queue.Complete();
        await _writing;
        var counts = Metrics.Snapshot();
        ServerLog.Stopped(_logger, counts.RecordsWritten, counts.RecordsDropped);
    }

    /// <summary>Waits until nothing runs or a time is over. A request that arrives meanwhile is served: a load balancer needs its time to notice.</summary>
    private async Task WaitForIdleAsync(TimeSpan most)
    {
        try
        {
            await Metrics.WhenIdleAsync().WaitAsync(most, _time);
        }
        catch (TimeoutException)
        {
            // The caller ends what still runs.
        }
    }
}
