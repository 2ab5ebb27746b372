using System.Collections.Concurrent;

namespace Stillgate.Gateway.Controls;

/// <summary>
/// Remembers when each account last used a logit bias and last asked for log-probabilities, so that the two cannot be had by
/// turns. Bounded: past <see cref="AccountsMax"/> accounts those out of the window are forgotten, and then all.
/// </summary>
internal sealed class LogitBiasLedger(TimeSpan window, TimeProvider time)
{
    public const int AccountsMax = 1 << 20;
    private readonly ConcurrentDictionary<string, (long Bias, long Logprobs)> _seen = new(StringComparer.Ordinal);

    /// <summary>Notes a request that will be served; false, and nothing noted, where the account has used the other within the window.</summary>
    public bool TryNote(string account, bool bias, bool logprobs)
    {
        if (bias && logprobs)
        {
            return false;
        }

        var now = time.GetTimestamp();
        while (true)
        {
            var known = _seen.TryGetValue(account, out var before);
            if (known && IsRecent(bias ? before.Logprobs : before.Bias, now))
            {
                return false;
            }

            var after = bias ? (now, before.Logprobs) : (before.Bias, now);
            if (known ? _seen.TryUpdate(account, after, before) : _seen.TryAdd(account, after))
            {
                Bound(now);
                return true;
            }
        }
    }

    private bool IsRecent(long at, long now) => at != 0 && time.GetElapsedTime(at, now) < window;

    private void Bound(long now)
    {
        if (_seen.Count <= AccountsMax)
        {
            return;
        }

        foreach (var (account, at) in _seen)
        {
            if (!IsRecent(at.Bias, now) && !IsRecent(at.Logprobs, now))
            {
                _seen.TryRemove(account, out _);
            }
        }

        if (_seen.Count > AccountsMax)
        {
            _seen.Clear();
        }
    }
}
