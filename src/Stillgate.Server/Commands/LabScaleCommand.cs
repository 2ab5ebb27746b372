using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Stillgate.Detection.Evidence;
using Stillgate.Lab.Scale;
using Stillgate.Lab.Simulation;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab scale</c>: a campaign among very many accounts.</summary>
internal static class LabScaleCommand
{
    private const string Help = """
        Composes a campaign hidden among very many light accounts, analyses it as it is composed, and reports recall, linked pairs, speed and
        memory. No text is written to disk. A million accounts and 16 million campaign exchanges take about half an hour on two cores.

        Examples:
          stillgate lab scale --accounts 10000 --campaign-accounts 240 --campaign-exchanges 48000
          stillgate lab scale --accounts 1000000 --campaign-accounts 24000 --campaign-exchanges 16000000 --out docs/figures/detection-scale.md
        """;

    public static Command Create()
    {
        var accounts = new Option<int>("--accounts") { Description = "Legitimate accounts", DefaultValueFactory = _ => 1_000_000 };
        var campaign = new Option<int>("--campaign-accounts") { Description = "Accounts of the campaign", DefaultValueFactory = _ => 24_000 };
        var exchanges = new Option<long>("--campaign-exchanges") { Description = "Exchanges of the campaign, about", DefaultValueFactory = _ => 16_000_000 };
        var kind = new Option<string>("--campaign-kind") { Description = "Kind of ring that the campaign is", DefaultValueFactory = _ => RingKinds.FixedPrompt };
        var wordings = new Option<int>("--wordings") { Description = "Wordings of the campaign's prompt", DefaultValueFactory = _ => 7 };
        var most = new Option<int>("--legitimate-exchanges-max") { Description = "Most exchanges of a legitimate account", DefaultValueFactory = _ => 40 };
        var seed = new Option<long>("--seed") { Description = "Seed of every draw", DefaultValueFactory = _ => 1 };
        var calibration = new Option<string?>("--calibration") { Description = "A calibration of your own; the default is this build's" };
        var output = new Option<string?>("--out") { Description = "Write the page to this file" };
        var texts = LabTexts.Options();
        var json = new Option<bool>("--json") { Description = "Print the report as JSON" };
        var command = new Command("scale", Help) { accounts, campaign, exchanges, kind, wordings, most, seed, calibration, texts.Texts, texts.Sources, texts.Wrappers, output, json };
        command.SetAction((parsed, stop) => RunAsync(
            new ScaleOptions
            {
                Accounts = parsed.GetValue(accounts),
                CampaignAccounts = parsed.GetValue(campaign),
                CampaignExchanges = parsed.GetValue(exchanges),
                CampaignKind = parsed.GetRequiredValue(kind),
                Wordings = parsed.GetValue(wordings),
                LegitimateExchangesMax = parsed.GetValue(most),
                Texts = texts.Read(parsed) with { Seed = parsed.GetValue(seed) },
                Calibration = parsed.GetValue(calibration) is { } file ? CalibrationSet.Load(file) : CalibrationSet.Shipped,
            },
            parsed.GetValue(output),
            parsed.GetValue(json),
            stop));
        return command;
    }

    private static async Task<int> RunAsync(ScaleOptions options, string? page, bool asJson, CancellationToken stop)
    {
        try
        {
            var report = await CommandProgress.ShowAsync("Analysing", progress => new ScaleRun(options).RunAsync(progress is null ? null : new ShareOf(progress), stop)).ConfigureAwait(false);
            if (page is not null)
            {
                await File.WriteAllTextAsync(page, ScalePage.Write(options, report), stop).ConfigureAwait(false);
            }

            if (asJson)
            {
                Console.Out.WriteLine(JsonSerializer.Serialize(report, JsonSerializerOptions.Web));
                return ExitCode.Ok;
            }

            foreach (var row in ScalePage.Rows(report))
            {
                Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{row[0],-62} {row[1]}"));
            }

            return ExitCode.Ok;
        }
        catch (SimulationException problem)
        {
            throw new OperatorException(problem.Message);
        }
    }

    private sealed class ShareOf(IProgress<double> progress) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => progress.Report(value.Share);
    }
}
