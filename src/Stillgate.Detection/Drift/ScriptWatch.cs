using Stillgate.Detection.Accounts;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Drift;

/// <summary>
/// Notes in which script each account writes (Boyer and Moore's majority vote, two bytes an account) and on whom flags fall. Read by the
/// report alone: no judge knows of it.
/// </summary>
internal sealed class ScriptWatch
{
    /// <summary>Fewer judged accounts of a script say nothing.</summary>
    public const int JudgedMin = 100;

    /// <summary>Chance of calling some script's share uneven at one look while flags fall without regard to script.</summary>
    public const double Alpha = 0.001;

    private readonly List<(byte Script, byte Lead)> _accounts = [];

    public void Observe(AccountState account, SketchedExchange exchange)
    {
        while (_accounts.Count <= account.Index)
        {
            _accounts.Add(((byte)Script.Unknown, 0));
        }

        var script = ScriptReader.Get(exchange.Content.Traits);
        var (held, lead) = _accounts[account.Index];
        if (script == Script.Unknown)
        {
            return;
        }

        _accounts[account.Index] = lead == 0 ? ((byte)script, (byte)1) : (held, (byte)(held == (byte)script ? Math.Min(lead + 1, byte.MaxValue) : lead - 1));
    }

    /// <summary>Writes what was noted of every account.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)_accounts.Count);
        foreach (var (script, lead) in _accounts)
        {
            into.Number(script);
            into.Number(lead);
        }
    }

    /// <summary>Takes over what <see cref="Write"/> wrote.</summary>
    public void Read(ref StateReader from)
    {
        for (var count = from.Count(int.MaxValue); count > 0; count--)
        {
            _accounts.Add(((byte)from.Count(ScriptReader.Count - 1), (byte)from.Count(byte.MaxValue)));
        }
    }

    public IReadOnlyList<ScriptFlags> Report(IReadOnlyList<AccountState> accounts)
    {
        Span<int> judged = stackalloc int[ScriptReader.Count];
        Span<int> flagged = stackalloc int[ScriptReader.Count];
        judged.Clear();
        flagged.Clear();
        foreach (var account in accounts)
        {
            if (account.Count >= Checkpoints.First && account.Index < _accounts.Count)
            {
                int script = _accounts[account.Index].Script;
                judged[script]++;
                flagged[script] += account.Found.Verdict == Verdict.Harvest ? 1 : 0;
            }
        }

        int allJudged = 0, allFlagged = 0;
        for (var script = 0; script < ScriptReader.Count; script++)
        {
            allJudged += judged[script];
            allFlagged += flagged[script];
        }

        var report = new List<ScriptFlags>();
        for (var script = 0; script < ScriptReader.Count; script++)
        {
            if (judged[script] > 0)
            {
                var p = judged[script] < JudgedMin || allJudged == judged[script] ? 1 : Hypergeometric.UpperTail(flagged[script], judged[script], allFlagged, allJudged);
                report.Add(new ScriptFlags(((Script)script).ToString(), judged[script], flagged[script], p, p <= Alpha / ScriptReader.Count));
            }
        }

        return report;
    }
}
