using System.Globalization;
using Spectre.Console;

namespace Stillgate.Server.Demo;

/// <summary>The demo in words. Plain where the output is no terminal.</summary>
internal sealed class ConsoleDemoOutput(IAnsiConsole console, bool isTerminal) : IDemoOutput
{
    private long _saidPercent = -1;

    public void Ready(DemoAddresses addresses, int accounts, long exchanges)
    {
        console.MarkupLineInterpolated($"[bold]Console[/]   {addresses.Console}");
        console.MarkupLineInterpolated($"[bold]Gateway[/]   {addresses.Gateway}");
        console.MarkupLineInterpolated($"[bold]Provider[/]  {addresses.Provider}  (a stand-in that answers from the prompt alone; it is no model)");
        console.MarkupLineInterpolated($"[bold]Traffic[/]   {Count(exchanges)} exchanges of {Count(accounts)} accounts, composed, with labels that the analysis never sees");
        console.MarkupLine("Observing only: nothing is blocked. Everything stays on this machine and is removed at the end.");
        console.WriteLine();
    }

    public void Sent(long exchanges, long total)
    {
        var percent = total == 0 ? 100 : 100 * exchanges / total;
        if (isTerminal && percent != _saidPercent)
        {
            _saidPercent = percent;
            console.Markup($"\r[grey]replayed {percent} % of the log[/]   ");
        }
    }

    public void Found(CampaignLine campaign)
    {
        ClearProgress();
        console.MarkupLineInterpolated(
            $"[bold]{campaign.Campaign}[/] found: {Count(campaign.Accounts)} accounts after {Count(campaign.ExchangesWhenNamed)} exchanges. {campaign.Links}");
    }

    public void Finished(DemoResult result, bool goesOn)
    {
        ClearProgress();
        console.WriteLine();
        console.Write(TableOf(result));
        console.WriteLine("Before named: exchanges that had been served when the campaign was named, and their share of its exchanges in the log.");
        console.WriteLine();
        foreach (var line in SummaryOf(result))
        {
            console.WriteLine(line);
        }

        if (goesOn)
        {
            console.WriteLine();
            console.WriteLine("The log is at its end. The console stays until Ctrl-C.");
        }
    }

    public void Stopped()
    {
        ClearProgress();
        console.WriteLine("Stopped; nothing was left behind.");
    }

    private static Table TableOf(DemoResult result)
    {
        var table = new Table { Border = TableBorder.Simple, ShowRowSeparators = false };
        table.AddColumn("Campaign");
        table.AddColumn(new TableColumn("Accounts").RightAligned());
        table.AddColumn(new TableColumn("Exchanges").RightAligned());
        table.AddColumn(new TableColumn("Before named").RightAligned());
        table.AddColumn("What links them");
        table.AddColumn("In truth, by the labels");
        foreach (var line in result.Campaigns)
        {
            table.AddRow(
                Markup.Escape(line.Campaign),
                Count(line.Accounts),
                Count(line.Exchanges),
                string.Create(CultureInfo.InvariantCulture, $"{line.ExchangesWhenNamed:N0} ({line.ShareWhenNamed * 100:0.0} %)"),
                Markup.Escape(line.Links),
                Markup.Escape(line.Truth));
        }

        return table;
    }

    private static IEnumerable<string> SummaryOf(DemoResult result)
    {
        var alarms = result.FalseAlarms.Values.Sum();
        var kinds = alarms == 0 ? "" : $" ({string.Join(", ", result.FalseAlarms.Select(kind => $"{Count(kind.Value)} {kind.Key}"))})";
        yield return $"Rings found          {Count(result.RingsFound)} of {Count(result.Rings)}";
        yield return $"Harvesting accounts  {Count(result.HarvestingFound)} of {Count(result.HarvestingAccounts)} found";
        yield return $"False alarms         {Count(alarms)} of {Count(result.LegitimateAccounts)} legitimate accounts{kinds}";
        yield return string.Create(CultureInfo.InvariantCulture,
            $"Replayed             {result.Exchanges:N0} exchanges over HTTP in {result.Seconds:0.0} s; {result.FailedRequests:N0} requests failed, {result.RecordsDropped:N0} records dropped");
        yield return "One small composed log says how the parts work together, not how well detection does: docs/figures holds the measurements.";
    }

    private void ClearProgress()
    {
        if (isTerminal && _saidPercent >= 0)
        {
            console.Write("\r                                   \r");
        }
    }

    private static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
