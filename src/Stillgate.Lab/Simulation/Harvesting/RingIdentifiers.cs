using Stillgate.Lab.Simulation.Identities;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>The identifiers that the members of a ring may share: a few cards, one mail domain, one block of machines, one client program.</summary>
internal sealed class RingIdentifiers
{
    private readonly RingForm _form;
    private readonly IdentityFactory _identities;
    private readonly string[] _cards;
    private readonly string _bin;
    private readonly string _domain;
    private readonly IReadOnlyList<string> _machines;
    private readonly ClientSoftware _software;
    private readonly DateTimeOffset? _registeredFrom;
    private readonly bool _sharesCards;
    private readonly bool _sharesDomain;
    private readonly bool _sharesMachines;

    public RingIdentifiers(RingForm form, IdentityFactory identities, int size, DateTimeOffset from, Chance chance)
    {
        _form = form;
        _identities = identities;
        _cards = [.. Enumerable.Range(0, Math.Max(1, size / 8)).Select(_ => identities.NewFingerprint())];
        _bin = identities.NewBin();
        _domain = Names.Domain(Names.CompanyStem(chance));
        _machines = Addresses.HostingBlock(Math.Clamp(size / 6, 2, 60), chance);
        _software = ClientSoftware.Kit(chance);
        _registeredFrom = chance.Hit(form.RegistrationBurst) ? from.AddDays(-chance.Between(1.0, 20.0)) : null;
        _sharesCards = chance.Hit(form.SharedIdentifiers);
        _sharesDomain = chance.Hit(form.SharedIdentifiers);
        _sharesMachines = chance.Hit(form.SharedIdentifiers);
    }

    public Identity DrawMember(DateTimeOffset activeFrom, Chance chance)
    {
        var created = _registeredFrom is { } burst ? burst.AddMinutes(chance.Unit() * 48 * 60) : activeFrom.AddDays(-1 - chance.Exponential(90));
        var isDistinct = _form.SharedIdentifiers == 0;
        return _identities.Draw(new IdentityRequest
        {
            CreatedAt = created,
            PaymentFingerprint = _sharesCards ? chance.Pick(_cards) : null,
            Bin = _sharesCards ? _bin : null,
            // A ring without shared identifiers owns a domain for each account, so that not even a provider is common.
            IsCompany = isDistinct,
            Domain = _sharesDomain ? _domain : null,
            ThrowAwayEmail = !isDistinct && chance.Hit(_sharesDomain ? 1 : 0.15),
            Addresses = _sharesMachines ? [chance.Pick(_machines)] : DrawHomes(chance),
            Software = isDistinct ? null : _software,
        });
    }

    // Residential proxies: an account appears at several unrelated homes.
    private static string[] DrawHomes(Chance chance)
    {
        var homes = new string[chance.Between(1, 5)];
        for (var index = 0; index < homes.Length; index++)
        {
            homes[index] = Addresses.Home(chance);
        }

        return homes;
    }
}
