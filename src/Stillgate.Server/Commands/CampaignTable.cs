using System.Globalization;
using Spectre.Console;
using Stillgate.Detection.Findings;

namespace Stillgate.Server.Commands;

/// <summary>Campaigns as a table on the terminal.</summary>
internal static class CampaignTable
{
    public static Table Create(IReadOnlyList<Campaign> campaigns)
    {
        var table = new Table().Border(TableBorder.Rounded);
        table.AddColumn("Campaign");
        table.AddColumn(new TableColumn("Accounts").RightAligned());
        table.AddColumn(new TableColumn("Exchanges").RightAligned());
        table.AddColumn("What links them, and why it was named");
        table.AddColumn(new TableColumn("Named after").RightAligned());
        foreach (var campaign in campaigns)
        {
            table.AddRow(
                Markup.Escape(campaign.Id),
                Number(campaign.Accounts.Count),
                Number(campaign.Exchanges),
                Markup.Escape(string.Join(' ', campaign.Reasons.Take(3).Select(reason => reason.Text))),
                Share(campaign));
        }

        return table;
    }

    /// <summary>Share of the campaign's exchanges that had been made when it was named.</summary>
    public static string Share(Campaign campaign) =>
        (campaign.Exchanges == 0 ? 0 : (double)campaign.ExchangesWhenNamed / campaign.Exchanges).ToString("P1", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
