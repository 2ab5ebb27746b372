using Stillgate.Server.Commands;
using Stillgate.Server.Demo;
using Xunit;

namespace Stillgate.Tests.Demo;

/// <summary>The demo as a newcomer sees it. This is the whole path at work: composed log, HTTP, gateway, recorder, analysis, console.</summary>
public sealed class DemoRunTests
{
    private static readonly Uri AnyPort = new("http://127.0.0.1:0");

    [Fact]
    public async Task Once_NothingConfigured_NamesCampaignsAndEnds()
    {
        var output = new CollectedOutput();
        var options = new DemoOptions { Seed = 1, Once = true, Json = false, Listen = AnyPort, Console = AnyPort };

        var exit = await new DemoRun(options, output).RunAsync(TestContext.Current.CancellationToken);

        Assert.Equal(ExitCode.Ok, exit);
        Assert.NotNull(output.Addresses);
        var result = Assert.IsType<DemoResult>(output.Result);
        Assert.Equal(0, result.FailedRequests);
        Assert.Equal(0, result.RecordsDropped);
        Assert.Equal(output.ComposedExchanges, result.Exchanges);
        Assert.NotEmpty(result.Campaigns);
        Assert.Equal(result.Campaigns.Select(campaign => campaign.Campaign).Order(), output.Campaigns.Select(campaign => campaign.Campaign).Order());
        Assert.All(result.Campaigns, campaign => Assert.InRange(campaign.ShareWhenNamed, 0.0001, 1));
        Assert.InRange(result.RingsFound, 1, result.Rings);
        Assert.Equal("ready", output.First);
        Assert.Equal("stopped", output.Last);
    }

    [Fact]
    public async Task Watched_Stopped_EndsCleanlyAtOnce()
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var output = new CollectedOutput { OnReady = stopping.Cancel };
        var options = new DemoOptions { Seed = 2, Once = false, Json = false, Listen = AnyPort, Console = AnyPort };

        var exit = await new DemoRun(options, output).RunAsync(stopping.Token);

        Assert.Equal(ExitCode.Ok, exit);
        Assert.Equal("stopped", output.Last);
    }

    [Theory]
    [InlineData("--listen", "http://0.0.0.0:8080")]
    [InlineData("--console", "https://127.0.0.1:8090")]
    [InlineData("--console", "nonsense")]
    [InlineData("--seed", "many")]
    public async Task Command_BadOption_Exits2(string option, string value) =>
        Assert.Equal(ExitCode.BadInput, await StillgateCommand.RunAsync(["demo", "--once", option, value]));

    private sealed class CollectedOutput : IDemoOutput
    {
        public Action OnReady { get; init; } = () => { };

        public DemoAddresses? Addresses { get; private set; }

        public long ComposedExchanges { get; private set; }

        public List<CampaignLine> Campaigns { get; } = [];

        public DemoResult? Result { get; private set; }

        public string? First { get; private set; }

        public string? Last { get; private set; }

        public void Ready(DemoAddresses addresses, int accounts, long exchanges)
        {
            (Addresses, ComposedExchanges) = (addresses, exchanges);
            Note("ready");
            OnReady();
        }

        public void Sent(long exchanges, long total) => Note("sent");

        public void Found(CampaignLine campaign)
        {
            Campaigns.Add(campaign);
            Note("found");
        }

        public void Finished(DemoResult result, bool goesOn)
        {
            Result = result;
            Note("finished");
        }

        public void Stopped() => Note("stopped");

        private void Note(string what)
        {
            First ??= what;
            Last = what;
        }
    }
}
