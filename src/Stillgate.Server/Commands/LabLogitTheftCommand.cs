using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Stillgate.Gateway;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Forwarder;
using Stillgate.Lab.LogitTheft;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Hosting;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate lab logit-theft</c>: the theft of a model's last layer through the gateway, with its rule off and on.</summary>
internal static class LabLogitTheftCommand
{
    private const string Help = """
        Steals the rank of a toy model's last layer through the gateway: by a logit bias with log-probabilities, by turns, and by a bias
        alone; by one account, by a campaign and by accounts that nothing links. Each with the controls off or on.

        The toy and the gateway run in this process on the loopback address; nothing else is asked.

        Examples:
          stillgate lab logit-theft
          stillgate lab logit-theft --hidden 12 --vocabulary 96 --prompts 24 --json
        """;

    public static Command Create()
    {
        var hidden = new Option<int>("--hidden") { Description = "Hidden size of the toy: the rank to be found", DefaultValueFactory = _ => 8 };
        var vocabulary = new Option<int>("--vocabulary") { Description = "Tokens of the toy", DefaultValueFactory = _ => 64 };
        var prompts = new Option<int>("--prompts") { Description = "Prompts that the attacker asks", DefaultValueFactory = _ => 16 };
        var accounts = new Option<int>("--accounts") { Description = "Accounts of the attacks that spread", DefaultValueFactory = _ => 8 };
        var seed = new Option<int>("--seed") { Description = "Seed of the toy", DefaultValueFactory = _ => 1 };
        var json = new Option<bool>("--json") { Description = "Print the results as JSON" };
        var command = new Command("logit-theft", Help) { hidden, vocabulary, prompts, accounts, seed, json };
        command.SetAction(async (parsed, stop) =>
        {
            var options = Check(new TheftOptions
            {
                HiddenSize = parsed.GetValue(hidden),
                VocabularySize = parsed.GetValue(vocabulary),
                PromptCount = parsed.GetValue(prompts),
                AccountCount = parsed.GetValue(accounts),
                Seed = parsed.GetValue(seed),
            });
            var results = new List<TheftResult>();
            foreach (var theft in TheftDemonstration.Cases(options))
            {
                results.Add(await TheftDemonstration.RunAsync(theft, options, (one, provider) => OpenAsync(one, options, provider, stop), stop));
            }

            Print(results, parsed.GetValue(json));
            return ExitCode.Ok;
        });
        return command;
    }

    /// <summary>Starts a gateway before the toy, with a store that is gone afterwards.</summary>
    internal static async Task<TheftTarget> OpenAsync(TheftCase theft, TheftOptions options, Uri provider, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("stillgate-lab-");
        var mode = theft.IsRuleOn ? ControlMode.On : ControlMode.Off;
        var host = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                Listen = new Uri("http://127.0.0.1:0"),
                StorePath = folder.FullName,
                Drain = TimeSpan.Zero,
                Campaigns = theft.IsOneCampaign ? new OneCampaign() : null,
                Gateway = new GatewayOptions
                {
                    Providers = [new ProviderOptions { Name = "toy", Address = provider, Dialects = [Dialects.OpenAiChat] }],
                    Controls = new ControlOptions { LogitBiasWithLogprobs = mode, LogitBiasTokens = mode, LogitBiasTokensMax = TheftDemonstration.TokensMax(options) },
                },
            },
            TimeProvider.System,
            NullLoggerFactory.Instance,
            stop);
        var keys = Enumerable.Range(0, theft.AccountCount).Select(account => host.KeyStore.Create(string.Create(CultureInfo.InvariantCulture, $"acc-{account}"), null).Secret).ToArray();
        host.ReloadKeys();
        return new TheftTarget(host.Address, keys, async () =>
        {
            await host.DisposeAsync();
            folder.Delete(recursive: true);
        });
    }

    private static TheftOptions Check(TheftOptions options)
    {
        void Need(bool holds, string option, string expected)
        {
            if (!holds)
            {
                throw new OperatorException($"{option}: expected {expected}");
            }
        }

        Need(options.HiddenSize is >= 1 and <= 256, "--hidden", "1 to 256");
        Need(options.VocabularySize > options.HiddenSize && options.VocabularySize <= 4096, "--vocabulary", "more than --hidden, and at most 4096");
        Need(options.PromptCount > options.HiddenSize && options.PromptCount <= 4096, "--prompts", "more than --hidden, and at most 4096, or the rank cannot show");
        Need(options.AccountCount is >= 1 and <= 256, "--accounts", "1 to 256");
        return options;
    }

    private static void Print(List<TheftResult> results, bool asJson)
    {
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(results, JsonSerializerOptions.Web));
            return;
        }

        Line($"{"attack",-26} {"rule",-4} {"requests",9} {"refused",9} {"logits read",13} {"largest error",14} {"rank found",11}  true rank {results[0].TrueRank}");
        foreach (var result in results)
        {
            var read = string.Create(CultureInfo.InvariantCulture, $"{result.RecoveredCount}/{result.LogitCount}");
            var error = result.LargestError is { } largest ? largest.ToString("E1", CultureInfo.InvariantCulture) : "-";
            Line($"{result.Case.Name,-26} {(result.Case.IsRuleOn ? "on" : "off"),-4} {result.RequestCount,9} {result.RefusedCount,9} {read,13} {error,14} {result.Rank?.ToString(CultureInfo.InvariantCulture) ?? "none",11}  {(result.IsStolen ? "stolen" : "not stolen")}");
        }
    }

    private static void Line(FormattableString text) => Console.Out.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private sealed class OneCampaign : ICampaignDirectory
    {
        public string? CampaignOf(string account) => "c-1";
    }
}
