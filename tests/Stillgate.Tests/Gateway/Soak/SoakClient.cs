using System.Diagnostics;
using System.Text;

namespace Stillgate.Tests.Gateway.Soak;

/// <summary>A client that sends one request after the other, chosen by its own seeded chance, and judges what comes back.</summary>
internal sealed class SoakClient(RunningGateway gateway, SoakTally tally, Random chance, string name)
{
    public async Task RunAsync(Func<bool> goOn)
    {
        for (var i = 0; goOn(); i++)
        {
            await OneAsync($"{name}-{i}");
        }
    }

    private async Task OneAsync(string id)
    {
        var fault = SoakProvider.Faults[chance.Next(SoakProvider.Faults.Length)];
        var manner = chance.Next(6) switch
        {
            0 => "leave",
            1 => "slow",
            _ => "read",
        };
        using var request = RunningGateway.Request(Samples.OpenAiPath, fault is "json" or "status" ? Samples.Request : Samples.StreamRequest, chance.Next(50) == 0 ? "no-such-key" : gateway.Key);
        request.Headers.Add("x-soak-fault", fault);
        request.Headers.Add("x-soak-id", id);
        using var leaving = new CancellationTokenSource();
        if (manner == "leave")
        {
            leaving.CancelAfter(chance.Next(1, 30));
        }

        try
        {
            tally.Sent();
            using var response = await gateway.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, leaving.Token);
            var exchange = response.Headers.GetValues("stillgate-exchange").Single();
            var body = await ReadAsync(response, manner, leaving.Token);
            tally.Whole(exchange, fault, (int)response.StatusCode, body);
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            tally.Broken(fault);
        }
        catch (OperationCanceledException) when (leaving.IsCancellationRequested)
        {
            tally.Left(id, Stopwatch.GetTimestamp());
        }
    }

    private async Task<string> ReadAsync(HttpResponseMessage response, string manner, CancellationToken leaving)
    {
        if (manner != "slow")
        {
            return await response.Content.ReadAsStringAsync(leaving);
        }

        using var memory = new MemoryStream();
        await using var stream = await response.Content.ReadAsStreamAsync(leaving);
        var buffer = new byte[97];
        int read;
        while ((read = await stream.ReadAsync(buffer, leaving)) > 0)
        {
            memory.Write(buffer, 0, read);
            await Task.Delay(chance.Next(1, 4), leaving);
        }

        return Encoding.UTF8.GetString(memory.ToArray());
    }
}
