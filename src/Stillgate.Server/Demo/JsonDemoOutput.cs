using System.Text.Json;

namespace Stillgate.Server.Demo;

/// <summary>The demo as JSON lines: <c>ready</c>, then a <c>campaign</c> each, then <c>result</c>.</summary>
internal sealed class JsonDemoOutput(TextWriter output) : IDemoOutput
{
    public void Ready(DemoAddresses addresses, int accounts, long exchanges) => Write(new DemoEvent
    {
        Event = "ready",
        Console = addresses.Console.ToString(),
        Gateway = addresses.Gateway.ToString(),
        StandInProvider = addresses.Provider.ToString(),
        ComposedAccounts = accounts,
        ComposedExchanges = exchanges,
    });

    public void Sent(long exchanges, long total)
    {
        // Progress is for people.
    }

    public void Found(CampaignLine campaign) => Write(new DemoEvent { Event = "campaign", Campaign = campaign });

    public void Finished(DemoResult result, bool goesOn) => Write(new DemoEvent { Event = "result", Result = result });

    public void Stopped()
    {
        // The end of the output says as much.
    }

    private void Write(DemoEvent line)
    {
        output.WriteLine(JsonSerializer.Serialize(line, DemoJson.Default.DemoEvent));
        output.Flush();
    }
}
