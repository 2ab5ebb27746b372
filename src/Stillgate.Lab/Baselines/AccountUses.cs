using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// What each account uses that others may use too, without content: the passages of its prompts that it comes back to, and card, e-mail pattern
/// and domain, address blocks and client, each read as the analysis reads it. Nothing is set aside as background, and a declared reseller shares
/// no identifier.
/// </summary>
internal sealed class AccountUses
{
    // As often as two accounts must have used a passage before our linking makes a group of them. Uses by chance fall away, and with them the
    // offices and classes whose members ask little: at three uses these are the densest of all (docs/decisions/0088-dense-blocks-measured.md).
    private const int PassageUsesMin = AnalysisEngine.OftenFrom;
    private readonly RepeatFilter _repeats = new(log2Bits: 24, log2BitsMax: 32);
    private readonly Dictionary<string, RegistrationRecord> _registrations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Account> _accounts = new(StringComparer.Ordinal);

    public AccountUses(IReadOnlyList<RegistrationRecord> registrations)
    {
        foreach (var registration in registrations)
        {
            _registrations[registration.Account] = registration;
        }
    }

    /// <summary>Takes in an exchange.</summary>
    public void Observe(SketchedExchange exchange)
    {
        if (!_accounts.TryGetValue(exchange.Account, out var account))
        {
            _accounts.Add(exchange.Account, account = new Account(_accounts.Count, _registrations.GetValueOrDefault(exchange.Account)));
        }

        account.Observe(exchange);
        foreach (var passage in exchange.Content.Anchors.AsSpan(0, exchange.Content.AnchorCount))
        {
            if (_repeats.SeenBefore(account.Index, passage))
            {
                account.Passages.Use(passage);
            }
        }
    }

    /// <summary>Who shares what so far.</summary>
    public SharingGraph Graph() => new(_accounts.SelectMany(account => account.Value.Things().Select(thing => (account.Key, thing))));

    private sealed class Account(int index, RegistrationRecord? registration)
    {
        private AddressBlocks _blocks;
        private string? _ip;
        private ulong _client;

        public int Index => index;

        public HeavyAnchors Passages { get; } = new();

        public void Observe(SketchedExchange exchange)
        {
            if (_client == 0)
            {
                _client = RegistrationFacts.Identifier(GroupKind.ClientHello, exchange.Tls);
            }

            if (exchange.Ip == _ip || _blocks.Count == AddressBlocks.Max)
            {
                return;
            }

            _ip = exchange.Ip;
            if (_ip is not null && RegistrationFacts.Identifier(GroupKind.AddressBlock, IdentifierAnchors.Block(_ip)) is var block and not 0 && !_blocks.Contains(block))
            {
                _blocks.Add(block);
            }
        }

        public List<ulong> Things()
        {
            var anchors = new ulong[HeavyAnchors.SlotsMax];
            var count = Passages.Collect(0, anchors, new double[HeavyAnchors.SlotsMax]);
            List<ulong> things = [.. anchors[..count].Where(anchor => Passages.UsesOf(anchor) >= PassageUsesMin)];
            if (registration is not { Reseller: true })
            {
                things.AddRange(Identifiers().Where(identifier => identifier != 0));
            }

            return things;
        }

        private IEnumerable<ulong> Identifiers()
        {
            yield return RegistrationFacts.Identifier(GroupKind.Payment, registration?.Payment?.Fingerprint);
            yield return RegistrationFacts.Identifier(GroupKind.EmailPattern, EmailShape.Pattern(registration?.Email));
            yield return RegistrationFacts.Identifier(GroupKind.EmailDomain, EmailShape.Domain(registration?.Email));
            yield return _client;
            for (var index = 0; index < _blocks.Count; index++)
            {
                yield return _blocks[index];
            }
        }
    }
}
