using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Controls.Ledgers;
using Xunit;

namespace Stillgate.Tests.Gateway.Ledgers;

/// <summary>What ledgers hand out to be kept, and that they go on from it as if nothing had happened.</summary>
public sealed class KeptLedgerTests
{
    private static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private static readonly ControlOptions Options = new() { LogitBiasWindow = Window, PrefixFreezeWindow = Window };
    private readonly ManualClock _time = new();
    private readonly Dictionary<DateTimeOffset, List<byte>> _kept = [];

    [Fact]
    public void Uses_OfOneThatAsksWithoutPause_CostSixteenEntriesAWindow()
    {
        var ledger = new LogitBiasLedger(_time);
        for (var i = 0; i < 36_000; i++)
        {
            Assert.True(ledger.TryNote([7], bias: false, logprobs: true, Window));
            _time.Pass(TimeSpan.FromSeconds(0.1));
        }

        Assert.InRange(ledger.TakeNew(Options).Sum(generation => generation.Entries.Length / ledger.EntryBytes), 16, 17);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(100)]
    [InlineData(200)]
    public void Uses_Restored_AreForgottenNoSoonerAndAtMostASixteenthLater(int lastUseSeconds)
    {
        var ledger = new LogitBiasLedger(_time);
        Assert.True(ledger.TryNote([7], bias: true, logprobs: false, Window));
        _time.Pass(TimeSpan.FromSeconds(lastUseSeconds));
        Assert.True(ledger.TryNote([7], bias: true, logprobs: false, Window));

        var next = Restart(ledger, new LogitBiasLedger(Reboot()));
        _time.Pass(Window - TimeSpan.FromSeconds(1));
        Assert.False(next.TryNote([7], bias: false, logprobs: true, Window));
        _time.Pass((Window / 16) + TimeSpan.FromSeconds(1));
        Assert.True(next.TryNote([7], bias: false, logprobs: true, Window));
    }

    [Fact]
    public void Uses_OverTwoGenerationsAndTwoRestarts_AreKnown()
    {
        var ledger = new LogitBiasLedger(_time);
        Assert.True(ledger.TryNote([1], bias: true, logprobs: false, Window));
        _time.Pass(TimeSpan.FromMinutes(50));
        Assert.True(ledger.TryNote([2], bias: true, logprobs: false, Window));
        ledger = Restart(ledger, new LogitBiasLedger(Reboot()));
        _time.Pass(TimeSpan.FromMinutes(20));
        Assert.True(ledger.TryNote([3], bias: true, logprobs: false, Window));
        ledger = Restart(ledger, new LogitBiasLedger(Reboot()));

        // 70 minutes ago, 20 and none.
        Assert.Equal([true, false, false], ((UInt128[])[1, 2, 3]).Select(owner => ledger.TryNote([owner], bias: false, logprobs: true, Window)));
    }

    [Fact]
    public void Tokens_Restored_AreThoseOfTheLastWindowAlone()
    {
        var ledger = new LogitBiasLedger(_time);
        Assert.True(ledger.TryNoteTokens([7], [10, 11, 12], 3, Window));
        _time.Pass(Window);
        Assert.True(ledger.TryNoteTokens([7], [13, 14], 3, Window));

        ledger = Restart(ledger, new LogitBiasLedger(Reboot()));
        Assert.False(ledger.TryNoteTokens([7], [10, 11], 3, Window));
        Assert.True(ledger.TryNoteTokens([7], [10, 13], 3, Window));
        _time.Pass(Window);
        Assert.True(ledger.TryNoteTokens([7], [20, 21, 22], 3, Window));
    }

    [Fact]
    public void Tokens_PastWhatIsKept_CountInMemoryAndAreToldOf()
    {
        var ledger = new LogitBiasLedger(_time);
        var tokens = Enumerable.Range(2, LogitBiasLedger.TokensHeldMax).Select(token => (ulong)token).ToArray();
        for (var owner = 0; owner < 9; owner++)
        {
            Assert.True(ledger.TryNoteTokens([(UInt128)owner], tokens, tokens.Length, Window));
        }

        var handedOut = Assert.Single(ledger.TakeNew(Options));

        Assert.Equal((ledger.EntriesMax * ledger.EntryBytes, tokens.Length), (handedOut.Entries.Length, handedOut.PastBoundCount));
        Assert.False(ledger.TryNoteTokens([8], [1], tokens.Length, Window));
        Assert.Equal(0, Assert.Single(ledger.TakeNew(Options)).PastBoundCount);
    }

    [Theory]
    [InlineData(29, true)]
    [InlineData(31, true)]
    [InlineData(59, true)]
    [InlineData(60, false)]
    public void Turns_Restored_LiveAsLongAsTheyWouldHave(int minutes, bool expected)
    {
        var (running, stopped) = (new ServedTurns(_time), new ServedTurns(_time));
        running.Note(5, Window);
        stopped.Note(5, Window);
        Keep(stopped);
        _time.Pass(TimeSpan.FromMinutes(minutes));

        Assert.Equal(expected, running.Knows(5, Window));
        Assert.Equal(expected, Restart(stopped: null, new ServedTurns(Reboot())).Knows(5, Window));
    }

    [Fact]
    public void Turns_ThatComeBack_AreKeptInTheGenerationInWhichTheyDid()
    {
        var turns = new ServedTurns(_time);
        turns.Note(5, Window);
        for (var i = 0; i < 3; i++)
        {
            _time.Pass(TimeSpan.FromMinutes(40));
            Assert.True(turns.Knows(5, Window));
            turns = Restart(turns, new ServedTurns(Reboot()));
        }

        Assert.True(turns.Knows(5, Window));
        Assert.False(turns.Knows(6, Window));
    }

    [Fact]
    public void Turns_CalendarSetBack_AreKnownFromNowOn()
    {
        var turns = new ServedTurns(_time);
        turns.Note(5, Window);
        Keep(turns);
        _time.Now -= TimeSpan.FromDays(400);

        turns = Restart(stopped: null, new ServedTurns(Reboot()));

        Assert.True(turns.Knows(5, Window));
        _time.Pass(Window);
        Assert.False(turns.Knows(5, Window));
    }

    private ManualClock Reboot()
    {
        // Another machine's running time: what was kept must not lean on it.
        _time.Running = TimeSpan.FromSeconds(5);
        return _time;
    }

    private TLedger Restart<TLedger>(TLedger? stopped, TLedger next)
        where TLedger : IKeptLedger
    {
        if (stopped is not null)
        {
            Keep(stopped);
        }

        next.Restore([.. _kept.OrderBy(one => one.Key).TakeLast(2).Select(one => new LedgerEntries(one.Key, one.Value.ToArray(), 0))], isWhole: true, Options);
        return next;
    }

    /// <summary>What the files do: entries are added to those of their generation, and one that is not held any more goes.</summary>
    private void Keep(IKeptLedger ledger)
    {
        var held = ledger.TakeNew(Options);
        foreach (var generation in held)
        {
            _kept.TryAdd(generation.BeganAt, []);
            _kept[generation.BeganAt].AddRange(generation.Entries.Span);
        }

        foreach (var gone in _kept.Keys.Except(held.Select(generation => generation.BeganAt)).ToList())
        {
            _kept.Remove(gone);
        }
    }
}
