namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>
/// Remembers when each account, and each campaign, last used a logit bias and last asked for log-probabilities, so that the two cannot
/// be had by turns, nor by the accounts of one campaign between them; and which tokens they biased. Two generations of a window each: what only the older one holds is out of the window when that is forgotten.
/// </summary>
internal sealed class LogitBiasLedger(TimeProvider time) : IKeptLedger
{
    /// <summary>Most owners of a generation. Past it the older generation is forgotten before its time.</summary>
    public const int OwnersMax = 1 << 19;

    /// <summary>Most distinct tokens that are held of one owner, whatever its bound: a vocabulary, and more.</summary>
    public const int TokensHeldMax = 1 << 18;

    // A use is handed out to be kept once in such a part of the window, and a kept one counts as so much later than it says: an owner that asks without pause costs sixteen entries a window and not one a request.
    private const int KeptPerWindow = 16;

    private readonly Generations<Dictionary<UInt128, BiasUse>> _generations = new(time);

    // Taken only by requests that bias or ask for log-probabilities.
    private readonly Lock _turn = new();

    public string Name => "biases";

    public int EntryBytes => BiasEntry.Bytes;

    public int EntriesMax => 1 << 21;

    /// <summary>Notes a request that will be served; false, and nothing noted, where one of the owners has used the other within the window.</summary>
    public bool TryNote(ReadOnlySpan<UInt128> owners, bool bias, bool logprobs, TimeSpan window)
    {
        if (bias && logprobs)
        {
            return false;
        }

        lock (_turn)
        {
            var now = Age(window);
            foreach (var owner in owners)
            {
                if (Find(owner) is { } use && IsRecent(bias ? use.LogprobsAt : use.BiasAt, now, window))
                {
                    return false;
                }
            }

            foreach (var owner in owners)
            {
                NoteUse(owner, bias, now, window);
            }

            return true;
        }
    }

    /// <summary>Notes the tokens that a request biases; false, and nothing noted, where one of the owners would then have biased more than the bound.</summary>
    public bool TryNoteTokens(ReadOnlySpan<UInt128> owners, IReadOnlyCollection<ulong> tokens, int most, TimeSpan window)
    {
        lock (_turn)
        {
            var now = Age(window);
            foreach (var owner in owners)
            {
                var held = Find(owner) is { } use && IsRecent(use.TokensSince, now, window) ? use.Tokens : [];
                if (held.Count + tokens.Count(token => !held.Contains(token)) > Math.Min(most, TokensHeldMax))
                {
                    return false;
                }
            }

            foreach (var owner in owners)
            {
                NoteTokens(owner, tokens, now, window);
            }

            return true;
        }
    }

    public IReadOnlyList<LedgerEntries> TakeNew(ControlOptions options)
    {
        lock (_turn)
        {
            Age(options.LogitBiasWindow);
            return _generations.TakeNew();
        }
    }

    public void Restore(IReadOnlyList<LedgerEntries> kept, bool isWhole, ControlOptions options)
    {
        lock (_turn)
        {
            var slackMs = (long)options.LogitBiasWindow.TotalMilliseconds / KeptPerWindow;
            _generations.Restore(kept, options.LogitBiasWindow, BiasEntry.Bytes, (generation, entry) => Restore(generation, BiasEntry.Read(entry), slackMs));
        }
    }

    private void Restore(Generation<Dictionary<UInt128, BiasUse>> generation, in BiasEntry entry, long slackMs)
    {
        if (!generation.Held.TryGetValue(entry.Owner, out var use))
        {
            // The older generation comes first: the younger goes on with what it knows of the owner.
            generation.Held[entry.Owner] = use = _generations.Old?.Held.GetValueOrDefault(entry.Owner) ?? new BiasUse();
        }

        switch (entry.What)
        {
            case BiasEntry.Bias:
                (use.BiasAt, use.BiasKept) = (Stamp(entry.AtMs + slackMs), Stamp(entry.AtMs));
                break;
            case BiasEntry.Logprobs:
                (use.LogprobsAt, use.LogprobsKept) = (Stamp(entry.AtMs + slackMs), Stamp(entry.AtMs));
                break;
            default:
                if (use.TokensSinceMs != entry.AtMs)
                {
                    BeginTokens(use, Stamp(entry.AtMs), entry.AtMs);
                }

                use.Tokens.Add(entry.What);
                break;
        }
    }

    private void NoteUse(UInt128 owner, bool bias, long now, TimeSpan window)
    {
        var use = Use(owner);
        var kept = bias ? use.BiasKept : use.LogprobsKept;
        if (kept < _generations.Young.Since || kept == 0 || time.GetElapsedTime(kept, now) >= window / KeptPerWindow)
        {
            Keep(new BiasEntry(owner, bias ? BiasEntry.Bias : BiasEntry.Logprobs, NowMs()));
            kept = now;
        }

        if (bias)
        {
            (use.BiasAt, use.BiasKept) = (now, kept);
        }
        else
        {
            (use.LogprobsAt, use.LogprobsKept) = (now, kept);
        }
    }

    private void NoteTokens(UInt128 owner, IReadOnlyCollection<ulong> tokens, long now, TimeSpan window)
    {
        var use = Use(owner);
        if (!IsRecent(use.TokensSince, now, window))
        {
            BeginTokens(use, now, NowMs());
        }

        foreach (var token in tokens)
        {
            if (use.Tokens.Add(token))
            {
                Keep(new BiasEntry(owner, token, use.TokensSinceMs));
            }
        }
    }

    private static void BeginTokens(BiasUse use, long since, long sinceMs)
    {
        (use.TokensSince, use.TokensSinceMs) = (since, sinceMs);
        use.Tokens.Clear();
    }

    private void Keep(in BiasEntry entry)
    {
        if (_generations.Young.Add(BiasEntry.Bytes, EntriesMax) is { IsEmpty: false } room)
        {
            entry.Write(room);
        }
    }

    private BiasUse? Find(UInt128 owner) => _generations.Young.Held.GetValueOrDefault(owner) ?? _generations.Old?.Held.GetValueOrDefault(owner);

    private BiasUse Use(UInt128 owner)
    {
        var young = _generations.Young.Held;
        if (!young.TryGetValue(owner, out var use))
        {
            young[owner] = use = _generations.Old?.Held.GetValueOrDefault(owner) ?? new BiasUse();
        }

        return use;
    }

    private long Age(TimeSpan window)
    {
        _generations.Age(window, _generations.Young.Held.Count >= OwnersMax);
        return time.GetTimestamp();
    }

    private bool IsRecent(long at, long now, TimeSpan window) => at != 0 && time.GetElapsedTime(at, now) < window;

    // Zero is never.
    private long Stamp(long atMs) => _generations.TimestampOf(atMs) is var stamp && stamp != 0 ? stamp : -1;

    private long NowMs() => time.GetUtcNow().ToUnixTimeMilliseconds();
}
