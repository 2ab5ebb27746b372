using Spectre.Console;

namespace Stillgate.Server.Commands;

/// <summary>A progress bar on a terminal, from the second second on; nothing in a pipe.</summary>
internal static class CommandProgress
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    public static async Task<T> ShowAsync<T>(string title, Func<IProgress<double>?, Task<T>> work)
    {
        if (Console.IsErrorRedirected || Console.IsOutputRedirected)
        {
            return await work(null).ConfigureAwait(false);
        }

        var share = new LatestShare();
        var running = work(share);
        var first = await Task.WhenAny(running, Task.Delay(Quiet, TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
        if (first != running)
        {
            await AnsiConsole.Progress().AutoClear(true).StartAsync(async context =>
            {
                var task = context.AddTask(title, maxValue: 1);
                while (!running.IsCompleted)
                {
                    task.Value = share.Value;
                    await Task.WhenAny(running, Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, CancellationToken.None)).ConfigureAwait(false);
                }
            }).ConfigureAwait(false);
        }

        return await running.ConfigureAwait(false);
    }

    private sealed class LatestShare : IProgress<double>
    {
        private double _value;

        public double Value => Volatile.Read(ref _value);

        public void Report(double value) => Volatile.Write(ref _value, value);
    }
}
