namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>When an owner biased and asked for log-probabilities last, by the clock that only goes forward (0 for never), and which tokens it biased. Used under the ledger's lock.</summary>
internal sealed class BiasUse
{
    public long BiasAt { get; set; }

    public long LogprobsAt { get; set; }

    /// <summary>The <see cref="BiasAt"/> that was handed out last to be kept.</summary>
    public long BiasKept { get; set; }

    /// <summary>The <see cref="LogprobsAt"/> that was handed out last to be kept.</summary>
    public long LogprobsKept { get; set; }

    /// <summary>When the window of the tokens began.</summary>
    public long TokensSince { get; set; }

    /// <summary>The same by the calendar, in Unix milliseconds: it tells one window of tokens from the next.</summary>
    public long TokensSinceMs { get; set; }

    public HashSet<ulong> Tokens { get; } = [];
}
