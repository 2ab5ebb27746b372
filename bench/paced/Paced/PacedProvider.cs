using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;

namespace Paced;

/// <summary>Answers each request with an endless stream, one event each gap, each event with the time at which it was written.</summary>
internal static class PacedProvider
{
    public static async Task<int> RunAsync(int port, int gapMs)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Services.AddLogging();
        var app = builder.Build();
        app.Run(async context =>
        {
            context.Response.ContentType = "text/event-stream";
            try
            {
                await context.Request.Body.CopyToAsync(Stream.Null, context.RequestAborted);

                // Streams begin at different times within a gap, as tokens of different users do.
                await Task.Delay(Random.Shared.Next(gapMs), context.RequestAborted);
                using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(gapMs));
                do
                {
                    var text = string.Create(CultureInfo.InvariantCulture, $"data: {{\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\"@{Stopwatch.GetTimestamp():d20}\"}}}}]}}\n\n");
                    await context.Response.Body.WriteAsync(Encoding.ASCII.GetBytes(text), context.RequestAborted);
                }
                while (await timer.WaitForNextTickAsync(context.RequestAborted));
            }
            catch (Exception gone) when (gone is OperationCanceledException or IOException)
            {
                // The client has what it wanted.
            }
        });
        await app.RunAsync();
        return 0;
    }
}
