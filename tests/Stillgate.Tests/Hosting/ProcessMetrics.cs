using System.Diagnostics;
using System.Globalization;

namespace Stillgate.Tests.Hosting;

/// <summary>The metrics of a gateway that is another process: it tells nobody when it has written, so they are all there is to look at.</summary>
internal static class ProcessMetrics
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>The metric once it is so large, or as it stands when patience is over.</summary>
    /// <param name="adminPort">Where the process serves them.</param>
    /// <param name="name">The metric, with its labels.</param>
    /// <param name="atLeast">What to wait for.</param>
    /// <param name="stop">Ends the wait.</param>
    public static async Task<long> AtLeastAsync(int adminPort, string name, long atLeast, CancellationToken stop)
    {
        using var admin = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{adminPort}") };
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            var lines = (await admin.GetStringAsync("/metrics", stop)).Split('\n');
            var value = long.Parse(lines.Single(line => line.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);
            if (value >= atLeast || Stopwatch.GetElapsedTime(began) > Patience)
            {
                return value;
            }

            await timer.WaitForNextTickAsync(stop);
        }
    }
}
