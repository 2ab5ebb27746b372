namespace Stillgate.Gateway.Controls;

/// <summary>
/// Remembers when each account, and each campaign, last used a logit bias and last asked for log-probabilities, so that the two cannot
/// be had by turns, nor by the accounts of one campaign between them; and which tokens they biased. Bounded: past
/// <see cref="OwnersMax"/> those out of the window are forgotten, and then all.
/// </summary>
internal sealed class LogitBiasLedger(TimeSpan window, TimeProvider time)
{
    public const int OwnersMax = 1 << 20;

    /// <summary>Most distinct tokens that are held of one owner, whatever its bound: a vocabulary, and more.</summary>
    public const int TokensHeldMax = 1 << 18;

    private readonly Dictionary<string, BiasUse> _uses = new(StringComparer.Ordinal);

    // Taken only by requests that bias or ask for log-probabilities.
    private readonly Lock _turn = new();

    /// <summary>Notes a request that will be served; false, and nothing noted, where one of the owners has used the other within the window.</summary>
    public bool TryNote(ReadOnlySpan<string> owners, bool bias, bool logprobs)
    {
        if (bias && logprobs)
        {
            return false;
        }

        var now = time.GetTimestamp();
        lock (_turn)
        {
            foreach (var owner in owners)
            {
                var use = Use(owner, now);
                if (IsRecent(bias ? use.LogprobsAt : use.BiasAt, now))
                {
                    return false;
                }
            }

            foreach (var owner in owners)
            {
                var use = Use(owner, now);
                (use.BiasAt, use.LogprobsAt) = bias ? (now, use.LogprobsAt) : (use.BiasAt, now);
            }

            return true;
        }
    }

    /// <summary>Notes the tokens that a request biases; false, and nothing noted, where one of the owners would then have biased more than the bound.</summary>
    public bool TryNoteTokens(ReadOnlySpan<string> owners, IReadOnlyCollection<string> tokens, int most)
    {
        var now = time.GetTimestamp();
        lock (_turn)
        {
            foreach (var owner in owners)
            {
                var use = Use(owner, now);
                if (!IsRecent(use.TokensSince, now))
                {
                    use.Tokens.Clear();
                    use.TokensSince = now;
                }

                if (use.Tokens.Count + tokens.Count(token => !use.Tokens.Contains(token)) > Math.Min(most, TokensHeldMax))
                {
                    return false;
                }
            }

            foreach (var owner in owners)
            {
                Use(owner, now).Tokens.UnionWith(tokens);
            }

            return true;
        }
    }

    private BiasUse Use(string owner, long now)
    {
        if (!_uses.TryGetValue(owner, out var use))
        {
            Bound(now);
            _uses[owner] = use = new BiasUse();
        }

        return use;
    }

    private bool IsRecent(long at, long now) => at != 0 && time.GetElapsedTime(at, now) < window;

    private void Bound(long now)
    {
        if (_uses.Count < OwnersMax)
        {
            return;
        }

        foreach (var (owner, use) in _uses)
        {
            if (!IsRecent(use.BiasAt, now) && !IsRecent(use.LogprobsAt, now) && !IsRecent(use.TokensSince, now))
            {
                _uses.Remove(owner);
            }
        }

        if (_uses.Count >= OwnersMax)
        {
            _uses.Clear();
        }
    }

    private sealed class BiasUse
    {
        public long BiasAt { get; set; }

        public long LogprobsAt { get; set; }

        public long TokensSince { get; set; }

        public HashSet<string> Tokens { get; } = new(StringComparer.Ordinal);
    }
}
