using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Security;
using System.Text;

namespace Paced;

/// <summary>Opens the streams, lets them run, and says how late each event came: from its writing at the provider to its reading here.</summary>
internal static class PacedClient
{
    private const int SettleSeconds = 10;
    private static readonly byte[] Request = """{"model":"m-large","stream":true,"messages":[{"role":"user","content":"Explain the gate and the river."}]}"""u8.ToArray();

    public static async Task<int> RunAsync(Uri url, string key, int streams, int seconds)
    {
        using var handler = new SocketsHttpHandler { UseProxy = false, MaxConnectionsPerServer = int.MaxValue, ConnectTimeout = TimeSpan.FromSeconds(60), EnableMultipleHttp2Connections = true };

        // The certificate signs itself and is made for one run: that and nothing else is forgiven.
        handler.SslOptions.RemoteCertificateValidationCallback = static (_, certificate, _, errors) =>
            errors is SslPolicyErrors.None or SslPolicyErrors.RemoteCertificateChainErrors && certificate?.Issuer == "CN=localhost";
        using var client = new HttpMessageInvoker(handler);
        using var over = new CancellationTokenSource();
        var tally = new Tally();
        var running = new List<Task>(streams);
        for (var i = 0; i < streams; i++)
        {
            running.Add(OneAsync(client, url, key, tally, over.Token));
            if (i % 100 == 99)
            {
                await Task.Delay(50);
            }
        }

        var giveUp = Stopwatch.StartNew();
        while (tally.Begun + tally.Failed < streams && giveUp.Elapsed < TimeSpan.FromSeconds(120))
        {
            await Task.Delay(100);
        }

        // What the gateway compiles and catches up on after so many beginnings at once is not what is asked.
        await Task.Delay(TimeSpan.FromSeconds(SettleSeconds));
        tally.Measuring = true;
        await Task.Delay(TimeSpan.FromSeconds(seconds));
        tally.Measuring = false;
        var (open, failed) = (tally.Begun - tally.Ended, tally.Failed + tally.Ended);
        await Console.Out.WriteLineAsync("MEASURED");
        await over.CancelAsync();
        await Task.WhenAll(running);
        var late = tally.LateMicroseconds.ToArray();
        Array.Sort(late);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"RESULT {open} {failed} {late.Length} {At(late, 0.5)} {At(late, 0.9)} {At(late, 0.99)} {At(late, 0.999)}"));
        for (var share = 0; share <= 100; share++)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"POINT {share} {At(late, Math.Min(0.999, share / 100.0))}"));
        }

        return 0;
    }

    private static int At(int[] sorted, double share) => sorted.Length == 0 ? 0 : sorted[(int)((sorted.Length - 1) * share)];

    private static async Task OneAsync(HttpMessageInvoker client, Uri url, string key, Tally tally, CancellationToken over)
    {
        var begun = false;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, url)
            {
                Content = new ByteArrayContent(Request),
                Version = url.Scheme == "https" ? HttpVersion.Version20 : HttpVersion.Version11,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            using var response = await client.SendAsync(request, over);
            response.EnsureSuccessStatusCode();
            await using var stream = await response.Content.ReadAsStreamAsync(over);
            var buffer = new byte[1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, over)) > 0)
            {
                if (!begun)
                {
                    begun = true;
                    Interlocked.Increment(ref tally.Begun);
                }

                tally.Take(buffer.AsSpan(0, read), Stopwatch.GetTimestamp());
            }

            Interlocked.Increment(ref tally.Ended);
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // Time is up.
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException or OperationCanceledException)
        {
            Interlocked.Increment(ref begun ? ref tally.Ended : ref tally.Failed);
        }
    }

    private sealed class Tally
    {
        public int Begun;
        public int Failed;
        public int Ended;
        public volatile bool Measuring;

        public ConcurrentBag<int> LateMicroseconds { get; } = [];

        public void Take(ReadOnlySpan<byte> bytes, long now)
        {
            if (!Measuring)
            {
                return;
            }

            for (int at; (at = bytes.IndexOf((byte)'@')) >= 0 && at + 21 <= bytes.Length; bytes = bytes[(at + 21)..])
            {
                var written = long.Parse(Encoding.ASCII.GetString(bytes.Slice(at + 1, 20)), CultureInfo.InvariantCulture);
                LateMicroseconds.Add((int)Math.Min(int.MaxValue, Stopwatch.GetElapsedTime(written, now).TotalMicroseconds));
            }
        }
    }
}
