using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab;

public sealed class LegitimateTrafficTests
{
    private static readonly string[] Kinds = ["person", "application", "developer", "evaluator", "enterprise", "campus", "reseller", "framework-app", "hackathon"];

    [Fact]
    public void Labels_OfAUsualMixture_HoldEveryLegitimateKind()
    {
        var present = Composed.Usual.Labels.Where(label => !label.Harvest).Select(label => label.Kind).ToHashSet();

        Assert.Equal(Kinds.Order(), present.Order());
    }

    [Fact]
    public void People_InAConversation_SendTheWholeConversationAgain()
    {
        var composed = Composed.Usual;
        var people = composed.Labels.Where(label => label.Kind == "person").ToArray();
        var growing = people.SelectMany(person => composed.ByAccount[person.Account].Zip(composed.ByAccount[person.Account].Skip(1)))
            .Where(pair => pair.Second.Request.Messages!.Count > 1)
            .ToArray();

        Assert.NotEmpty(growing);
        Assert.All(growing, pair =>
        {
            var (before, after) = (pair.First.Request.Messages!, pair.Second.Request.Messages!);
            Assert.Equal(before, after.Take(before.Count));
        });
    }

    [Fact]
    public void People_BetweenTurns_PauseTwoMinutesInTheMedian()
    {
        var composed = Composed.Rings;
        var gaps = composed.Labels.Where(label => label.Kind == "person")
            .SelectMany(person => composed.ByAccount[person.Account].Zip(composed.ByAccount[person.Account].Skip(1)))
            .Where(pair => pair.Second.Request.Messages!.Count > pair.First.Request.Messages!.Count && pair.Second.Request.Messages.Count > 1)
            .Select(pair => (pair.Second.At - pair.First.At).TotalSeconds)
            .Order()
            .ToArray();

        Assert.InRange(gaps[gaps.Length / 2], 85, 175);
    }

    [Fact]
    public void Enterprises_OfOneOrganisation_ShareCardMailDomainAndAddress()
    {
        var composed = Composed.Usual;
        foreach (var organisation in composed.Labels.Where(label => label.Kind == "enterprise").GroupBy(label => label.Group))
        {
            var registrations = organisation.Select(label => composed.Registrations[label.Account]).ToArray();
            Assert.Single(registrations.Select(registration => registration.Payment!.Fingerprint).Distinct());
            Assert.Single(registrations.Select(registration => Domain(registration.Email!)).Distinct());
            Assert.Single(organisation.SelectMany(label => composed.ByAccount[label.Account]).Select(exchange => exchange.Client!.Ip).Distinct());
        }
    }

    [Fact]
    public void FrameworkApps_OfOneFramework_ShareOnlyTheirPrompt()
    {
        var composed = Composed.Usual;
        foreach (var framework in composed.Labels.Where(label => label.Kind == "framework-app").GroupBy(label => label.Group))
        {
            var cards = framework.Select(label => composed.Registrations[label.Account].Payment!.Fingerprint).ToArray();
            var openings = framework.SelectMany(label => composed.ByAccount[label.Account].Take(1)).Select(exchange => exchange.Request.Messages![0].Content[..12]);

            Assert.Equal(cards.Length, cards.Distinct().Count());
            Assert.Single(openings.Distinct());
        }
    }

    [Fact]
    public void Resellers_EveryExchange_NamesAnEndCustomer()
    {
        var composed = Composed.Usual;
        var resellers = composed.Labels.Where(label => label.Kind == "reseller").ToArray();

        Assert.NotEmpty(resellers);
        Assert.All(resellers.SelectMany(label => composed.ByAccount[label.Account]), exchange => Assert.NotNull(exchange.EndCustomer));
        Assert.All(resellers, label => Assert.True(composed.Registrations[label.Account].Reseller));
    }

    [Fact]
    public void Evaluators_AWeekLater_SendTheSamePromptsAgain()
    {
        var composed = Composed.Usual;
        var repeated = composed.Labels.Where(label => label.Kind == "evaluator")
            .Select(label => composed.ByAccount[label.Account].Select(exchange => exchange.Request.Messages![^1].Content).ToArray())
            .Count(prompts => prompts.Length > 1.5 * prompts.Distinct().Count());

        Assert.True(repeated > 0);
        Assert.Contains(composed.Labels, label => label.Kind == "evaluator" && composed.Registrations[label.Account].Attestations.Count > 0);
        Assert.Contains(composed.Labels, label => label.Kind == "evaluator" && label.Undecidable);
    }

    [Fact]
    public void Applications_OneOfThem_IsAGiant()
    {
        var composed = Composed.Usual;
        var giant = Assert.Single(composed.Labels, label => label.Style == "giant-translation");
        var model = composed.Exchanges.Where(exchange => exchange.Model == "m-small").ToArray();

        Assert.True(composed.ByAccount[giant.Account].Count() > 0.3 * model.Length);
    }

    [Fact]
    public void Countries_OfHarvestersAndOthers_ComeFromOneDistribution()
    {
        var composed = Composed.Rings;
        double Share(bool harvest, string country) => composed.Labels.Where(label => label.Harvest == harvest)
            .Average(label => composed.Registrations[label.Account].AddressCountry == country ? 1.0 : 0);

        // About 270 against 330 accounts: differences beyond 0.12 would be four standard errors and more.
        Assert.All(new[] { "US", "CN", "DE", "IN" }, country => Assert.InRange(Share(harvest: true, country) - Share(harvest: false, country), -0.12, 0.12));
    }

    private static string Domain(string email) => email[(email.IndexOf('@', StringComparison.Ordinal) + 1)..];
}
