using System.Globalization;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Identities;

/// <summary>Draws accounts. Their ids are a permutation of the order in which they are drawn, so that an id says nothing of a kind.</summary>
internal sealed class IdentityFactory(long seed, DateTimeOffset start, int days)
{
    private static readonly string[] Plans = ["free", "start", "scale", "business"];
    private readonly Chance _chance = Chance.For(seed, "identities");
    private readonly uint _mask = (uint)Chance.For(seed, "account-ids").NextBits();
    private uint _count;

    public DateTimeOffset Start { get; } = start;

    public DateTimeOffset End { get; } = start.AddDays(days);

    /// <summary>When the new model is launched: six tenths into the log.</summary>
    public DateTimeOffset Launch { get; } = start.AddHours(Math.Round(days * 24 * 0.6));

    public Identity Draw(IdentityRequest request)
    {
        var account = NextAccount();
        var (country, zoneHours) = Places.Draw(_chance);
        var company = Names.CompanyStem(_chance);
        var person = Names.Person(_chance);
        var domain = request.Domain ?? (request.IsCompany ? Names.Domain(company) : Names.PublicDomain(_chance));
        var software = request.Software ?? (request.IsCompany ? ClientSoftware.Kit(_chance) : ClientSoftware.ForPerson(_chance));
        var registration = new RegistrationRecord
        {
            Account = account,
            Organization = request.Organization,
            CreatedAt = request.CreatedAt ?? Start.AddDays(-_chance.Exponential(200)).AddSeconds(_chance.Below(86_400)),
            Name = request.IsCompany ? company : person,
            Email = request.ThrowAwayEmail ? Names.ThrowAwayEmail(domain, _chance) : Names.Email(person, domain, _chance),
            Payment = request.NoPayment ? null : DrawPayment(request, country),
            AddressCountry = country,
            Plan = request.Plan ?? Plans[request.IsCompany ? _chance.Between(1, 3) : _chance.Between(0, 2)],
            Attestations = request.Attestations,
            Reseller = request.Reseller,
        };
        return new Identity
        {
            Registration = registration,
            Credential = $"key-{_chance.NextBits() & 0xFFFFFFFFFF:x10}",
            Clients = [.. (request.Addresses ?? DrawAddresses(request.IsCompany)).Select(software.At)],
            Dialect = software.Dialect,
            ZoneHours = zoneHours,
            Models = request.Models ?? ModelHabit.Ordinary(Launch, _chance),
        };
    }

    public string NewFingerprint() => $"pf_{_chance.NextBits() & 0xFFFFFFFFFFFF:x12}";

    public string NewBin() => (400_000 + (_chance.Below(60) * 1_733)).ToString(CultureInfo.InvariantCulture);

    private string NextAccount()
    {
        // Multiplication by an odd number and an exclusive-or are both one-to-one on 32 bits: ids are unique by construction.
        var number = ((_count++ * 2_654_435_761u) ^ _mask);
        return $"acc-{number:x8}";
    }

    private PaymentEvidence DrawPayment(IdentityRequest request, string country) => new()
    {
        Fingerprint = request.PaymentFingerprint ?? NewFingerprint(),
        Bin = request.Bin ?? NewBin(),
        Country = _chance.Hit(0.93) ? country : Places.Draw(_chance).Country,
    };

    private string[] DrawAddresses(bool isCompany)
    {
        var count = isCompany ? _chance.Between(1, 3) : _chance.HeavyTail(1.2, 6);
        var addresses = new string[count];
        for (var index = 0; index < count; index++)
        {
            addresses[index] = isCompany ? Addresses.Hosting(_chance) : Addresses.Home(_chance);
        }

        return addresses;
    }
}
