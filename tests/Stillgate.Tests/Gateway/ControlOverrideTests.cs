using Stillgate.Gateway.Controls;
using Stillgate.Protocol.Filtering;
using Stillgate.Server.Configuration;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Controls by tier and model: the strictest of what applies, and weaker only by name.</summary>
public sealed class ControlOverrideTests
{
    private const string Settings = """
        listen: http://127.0.0.1:0
        store: ./store
        providers: [{ name: p, url: "http://127.0.0.1:9", dialects: [openai.chat] }]
        controls:
          choices: observe
          choicesMax: 8
          reasoning: on
          reasoningView: summary
          summarizingModels: ["claude-*"]
          tiers:
            - { name: trial, accounts: ["trial-*", "acc-1"] }
            - { name: partner, organizations: [org-1] }
          overrides:
            - { tiers: [trial], choices: on, choicesMax: 2, outputTokens: on, outputTokensMax: 100 }
            - { models: ["m-*"], choices: on, choicesMax: 4, reasoning: on, reasoningView: withheld }
            - { models: [m-open], weaker: true, reasoning: off }

        """;

    [Theory]
    [InlineData("trial", "other", ControlMode.On, 2, ControlMode.On, ReasoningView.Summary)]
    [InlineData(null, "m-new", ControlMode.On, 4, ControlMode.On, ReasoningView.Withheld)]
    [InlineData("trial", "m-new", ControlMode.On, 2, ControlMode.On, ReasoningView.Withheld)]
    [InlineData("partner", "other", ControlMode.Observe, 8, ControlMode.On, ReasoningView.Summary)]
    public void Of_TierAndModel_IsTheStrictestOfWhatApplies(string? tier, string model, ControlMode choices, int choicesMax, ControlMode reasoning, ReasoningView view)
    {
        var options = new ControlBook(Read(Settings).Controls!).Of(tier, model);

        Assert.Equal((choices, choicesMax, reasoning, view), (options.Choices, options.ChoicesMax, options.Reasoning, options.ReasoningView));
    }

    [Fact]
    public void Of_WeakerByName_IsWeakerButForWhatElseApplies()
    {
        var weaker = Settings.Replace("""models: ["m-*"], choices: on, choicesMax: 4, reasoning: on, reasoningView: withheld""", """models: ["m-*"], choices: on, choicesMax: 4""", StringComparison.Ordinal);

        Assert.Equal(ControlMode.Off, new ControlBook(Read(weaker).Controls!).Of(null, "m-open").Reasoning);
        Assert.Equal(ControlMode.On, new ControlBook(Read(weaker).Controls!).Of(null, "m-openx").Reasoning);
        Assert.Equal(ControlMode.On, new ControlBook(Read(Settings).Controls!).Of(null, "m-open").Reasoning);
    }

    [Theory]
    [InlineData("acc-1", "org-1", "trial")]
    [InlineData("trial-7", null, "trial")]
    [InlineData("acc-2", "org-1", "partner")]
    [InlineData("acc-2", null, null)]
    public void TierOf_Account_IsTheFirstThatTakesItIn(string account, string? organization, string? tier) =>
        Assert.Equal(tier, new ControlBook(Read(Settings).Controls!).TierOf(new Stillgate.Gateway.Authentication.ApiKey("k", account, organization)));

    [Theory]
    [InlineData("- { models: [\"m-*\"], weaker: true, choices: off }", "controls.overrides[0].models", "name its models")]
    [InlineData("- { tiers: [trial], weaker: true, choices: off }", "controls.overrides[0].models", "name its models")]
    [InlineData("- { tiers: [trial], choices: off }", "controls.overrides[0].choices", "no stricter than the floor")]
    [InlineData("- { choices: on }", "controls.overrides[0]", "is for everybody")]
    [InlineData("- { models: [m] }", "controls.overrides[0]", "states no control")]
    [InlineData("- { models: [m], chioces: on }", "controls.overrides[0].chioces", "unknown setting")]
    [InlineData("- { models: [m], referenceLifetimeSeconds: 5, choices: on }", "controls.overrides[0].referenceLifetimeSeconds", "unknown setting")]
    [InlineData("- { models: [m], embeddingPrecision: on, embeddingBits: 25 }", "controls.overrides[0].embeddingBits", "whole number from 1 to 24")]
    public void Read_BadOverride_IsNamed(string line, string path, string message)
    {
        var problems = new List<ConfigProblem>();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("s.yaml"), "controls:\n  choices: on\n  overrides:\n    " + line + "\n");

        ConfigFile.Read(folder.File("s.yaml"), problems);

        Assert.Contains(problems, problem => problem.Path == path && problem.Message.Contains(message, StringComparison.Ordinal) && problem.Line == 4);
    }

    [Fact]
    public void Read_TierOfNobody_IsNamed()
    {
        var problems = new List<ConfigProblem>();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("s.yaml"), "controls:\n  tiers:\n    - { name: low }\n");

        ConfigFile.Read(folder.File("s.yaml"), problems);

        Assert.Contains("takes nobody in", Assert.Single(problems).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_ByTierAndModel_IsControlledByIts()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Controls = Read(Settings).Controls! });

        using var trial = await gateway.SendAsync(Samples.OpenAiPath, """{"model":"other","n":6,"messages":[]}""");
        var partner = gateway.Host.KeyStore.Create("acc-9", "org-1").Secret;
        gateway.Host.ReloadKeys();
        using var other = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, """{"model":"other","n":6,"messages":[]}""", partner));

        Assert.Equal("capped:n=2, capped:max_output_tokens=100, withheld:reasoning_but_summaries", trial.Headers.GetValues("stillgate-changes").Single());
        Assert.Equal("withheld:reasoning_but_summaries", other.Headers.GetValues("stillgate-changes").Single());
    }

    private static UpSettings Read(string yaml)
    {
        var problems = new List<ConfigProblem>();
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("s.yaml"), yaml);
        var settings = ConfigFile.Read(folder.File("s.yaml"), problems);
        Assert.Empty(problems);
        return settings;
    }
}
