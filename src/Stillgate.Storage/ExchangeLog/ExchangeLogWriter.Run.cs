using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Storage.ExchangeLog;

// The writer's thread: when it looks for records, and when it writes the block that it has.
public sealed partial class ExchangeLogWriter
{
    // Never set: only its time runs out.
    private readonly ManualResetEvent _pause = new(initialState: false);

    /// <summary>Writes until the queue is closed and empty, then closes the file.</summary>
    /// <returns>A task that ends when everything is written.</returns>
    public Task RunAsync()
    {
        // A thread of its own: on the pool each pause would cost a timer, its thread's wake-up and that of a worker.
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                Run();
                ended.SetResult();
            }
            catch (Exception broken)
            {
                // Whoever waits for the writing is told, as of any task.
                ended.SetException(broken);
            }
        }) { IsBackground = true, Name = "stillgate log" }.Start();
        return ended.Task;
    }

    private void Run()
    {
        while (Wait())
        {
            while (_records.TryRead(out var record))
            {
                Take(record);
            }

            FlushIfDue();
            if (_options.Pause > TimeSpan.Zero && !_records.Completion.IsCompleted)
            {
                _pause.WaitOne(_options.Pause);
            }
        }

        Flush();
        CloseFile();
    }

    /// <summary>Waits for a record, or for the time at which the block is due; false when the queue is closed and empty.</summary>
    private bool Wait()
    {
        var reading = _records.WaitToReadAsync();
        if (reading.IsCompletedSuccessfully)
        {
            return reading.Result;
        }

        var more = reading.AsTask();
        if (_blockRecords == 0)
        {
            return more.GetAwaiter().GetResult();
        }

        var left = _options.FlushInterval - _time.GetElapsedTime(_blockBegan);
        if (left <= TimeSpan.Zero)
        {
            Flush();
            return more.GetAwaiter().GetResult();
        }

        try
        {
            return more.WaitAsync(left, _time).GetAwaiter().GetResult();
        }
        catch (TimeoutException)
        {
            Flush();
            return more.GetAwaiter().GetResult();
        }
    }
}
