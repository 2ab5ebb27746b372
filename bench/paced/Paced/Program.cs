// Both ends of the benchmark of paced streams; both read the machine's monotonic clock.
// Usage: Paced provider PORT GAP_MS | Paced client URL KEY STREAMS SECONDS | Paced rate URL KEY BODY_FILE PER_SECOND SECONDS
using System.Globalization;
using Paced;

return args switch
{
    ["provider", var port, var gapMs] => await PacedProvider.RunAsync(Number(port), Number(gapMs)),
    ["client", var url, var key, var streams, var seconds] => await PacedClient.RunAsync(new Uri(url), key, Number(streams), Number(seconds)),
    ["rate", var url, var key, var body, var perSecond, var seconds] => RateClient.Run(new Uri(url), key, body, Number(perSecond), Number(seconds)),
    _ => Usage(),
};

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static int Usage()
{
    Console.Error.WriteLine("usage: Paced provider PORT GAP_MS | Paced client URL KEY STREAMS SECONDS | Paced rate URL KEY BODY_FILE PER_SECOND SECONDS");
    return 2;
}
