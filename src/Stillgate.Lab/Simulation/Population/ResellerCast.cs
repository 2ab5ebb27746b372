using System.Globalization;
using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>Adds declared resellers: everybody's traffic behind one to four accounts, each exchange with the end customer's id.</summary>
internal static class ResellerCast
{
    public static void Add(Composition composition, int count)
    {
        var chance = composition.ChanceFor("resellers");
        for (var left = count; left > 0;)
        {
            var accounts = Math.Min(left, chance.Between(1, 4));
            AddReseller(composition, accounts, chance);
            left -= accounts;
        }
    }

    private static void AddReseller(Composition composition, int accounts, Chance chance)
    {
        var group = composition.NextGroup("reseller");
        var domain = Names.Domain(Names.CompanyStem(chance));
        var card = composition.Identities.NewFingerprint();
        var machines = Addresses.HostingBlock(accounts + 1, chance);
        for (var index = 0; index < accounts; index++)
        {
            var identity = composition.Identities.Draw(new IdentityRequest
            {
                IsCompany = true,
                Organization = group,
                Domain = domain,
                PaymentFingerprint = card,
                Plan = "business",
                Reseller = true,
                Addresses = machines,
                Attestations = [new Attestation { Kind = "reseller", Id = group }],
            });
            var customers = Customers(composition, identity, chance.LogUniform(20, 150), chance);
            var label = new AccountLabel { Account = "", Kind = "reseller", Group = group, Language = "en", Sources = ["everybody"] };
            composition.Add(identity, label, composition.FirstActive(identity), draws => CallMerge.ByTime([.. customers.Select(customer => customer(draws.Fork()))]));
        }
    }

    private static List<Func<Chance, IEnumerable<Call>>> Customers(Composition composition, Identity identity, int count, Chance chance)
    {
        var customers = new List<Func<Chance, IEnumerable<Call>>>();
        for (var index = 0; index < count; index++)
        {
            var name = string.Create(CultureInfo.InvariantCulture, $"cust-{chance.NextBits() & 0xFFFFFF:x6}");
            var script = Customer(composition, identity, chance);
            customers.Add(draws => script(draws).Select(call => call with { EndCustomer = name }));
        }

        return customers;
    }

    private static Func<Chance, IEnumerable<Call>> Customer(Composition composition, Identity identity, Chance chance)
    {
        var language = Languages.Draw(chance);
        var from = composition.FirstActive(identity);
        switch (chance.Weighted([0.7, 0.22, 0.08]))
        {
            case 0:
                return new PersonScript
                {
                    Library = composition.Library,
                    Language = language,
                    From = from,
                    To = composition.End,
                    ZoneHours = Places.Draw(chance).ZoneHours,
                    ConversationCount = PersonScript.DrawConversationCount(composition.FortnightCount, chance),
                }.Run;
            case 1:
                var material = composition.Library.App(language, chance);
                return ApplicationCast.Script(composition, identity, material.Inputs.Language, material, Math.Min(600, ApplicationCast.DrawVolume(chance)), chance).Run;
            default:
                return DeveloperCast.Script(composition, identity, chance.Pick(Harness.Popular), language, chance).Run;
        }
    }
}
