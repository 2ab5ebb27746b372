using System.IO.Hashing;
using System.Runtime.InteropServices;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// The fixed prompt as fingerprint: the hash of a request's first fifty characters, and how many accounts share it. What an
/// operator writes on the first evening; popular harnesses share one too.
/// </summary>
internal sealed class PrefixHashBaseline : IBaseline
{
    private const int PrefixLength = 50;
    private const int UsesMin = 3;
    private const int PrefixesAnAccountMax = 48;
    private const int PrefixesMax = 2_000_000;
    private readonly Dictionary<string, Dictionary<ulong, int>> _accounts = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, int> _accountCounts = [];

    public string Name => "first 50 characters";

    public void Observe(ExchangeRecord exchange)
    {
        if (exchange.Request.Messages is not { Count: > 0 } messages || messages[0].Content.Length < PrefixLength)
        {
            return;
        }

        var prefix = XxHash3.HashToUInt64(MemoryMarshal.AsBytes(messages[0].Content.AsSpan(0, PrefixLength)));
        if (!_accounts.TryGetValue(exchange.Account, out var uses))
        {
            _accounts.Add(exchange.Account, uses = []);
        }

        if (!uses.TryGetValue(prefix, out var count) && uses.Count >= PrefixesAnAccountMax)
        {
            return;
        }

        uses[prefix] = count + 1;
        // An account counts for a prefix once it has come back to it; passing repetitions are chance.
        if (count + 1 == UsesMin && (_accountCounts.Count < PrefixesMax || _accountCounts.ContainsKey(prefix)))
        {
            _accountCounts[prefix] = _accountCounts.GetValueOrDefault(prefix) + 1;
        }
    }

    public double Score(string account) => _accounts.TryGetValue(account, out var uses)
        ? uses.Where(use => use.Value >= UsesMin).Select(use => _accountCounts.GetValueOrDefault(use.Key)).DefaultIfEmpty(0).Max()
        : 0;
}
