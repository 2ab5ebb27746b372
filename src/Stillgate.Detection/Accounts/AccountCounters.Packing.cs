using System.Numerics;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

internal sealed partial class AccountCounters
{
    /// <summary>Writes the counters.</summary>
    public void Pack(StateWriter into)
    {
        into.Text(LastExchange);
        foreach (var number in (ReadOnlySpan<long>)[ServedCount, LastAtMs, SingleTurnCount, ToolTurnCount, ConversationSwitches, ResampleCount, OutputTokens, ReasoningTokens, LongAnswerCount, StrongCueCount, ElicitingCount, ActiveHourCount, HourSquares, _lastHour, _hourUses])
        {
            into.Signed(number);
        }

        // Most accounts have no exempt use, and one number says so.
        into.Number((ulong)AttestedCount);
        if (AttestedCount > 0)
        {
            into.Signed(AttestedOutputTokens);
            into.Signed(_attestedMonth);
            into.Signed(_attestedTokens);
        }

        into.Double(GapLogSum);
        into.Double(GapLogSquares);
        into.Double(EmbeddingSquares);
        into.Number(ActiveDays);
        into.Word(LastAddress);
        into.Word(_lastContent);
        into.Word(_lastConversation);
        PackSparse(into, _cues);
        PackSparse(into, _hours);
        PackSparse(into, _gaps);
        PackRegisters(into);
        foreach (var sum in _embeddingSum)
        {
            into.Single(sum);
        }

        Heavy.Write(into);
        Exposure.Write(into);
    }

    /// <summary>Reads what <see cref="Pack"/> wrote.</summary>
    public static AccountCounters Unpack(ReadOnlySpan<byte> packed)
    {
        var from = new StateReader(packed);
        var counters = new AccountCounters(ref from);
        return from.IsAtEnd ? counters : throw new StateFormatException("an account's counters are longer than expected");
    }

    public AccountCounters()
    {
    }

    private AccountCounters(ref StateReader from)
    {
        LastExchange = from.Text() ?? "";
        (ServedCount, LastAtMs, SingleTurnCount) = (from.Signed(), from.Signed(), from.Signed());
        (ToolTurnCount, ConversationSwitches, ResampleCount) = (from.Signed(), from.Signed(), from.Signed());
        (OutputTokens, ReasoningTokens, LongAnswerCount, StrongCueCount) = (from.Signed(), from.Signed(), from.Signed(), from.Signed());
        (ElicitingCount, ActiveHourCount, HourSquares, _lastHour, _hourUses) = (from.Signed(), (int)from.Signed(), from.Signed(), (int)from.Signed(), (int)from.Signed());
        AttestedCount = (long)from.Number();
        if (AttestedCount > 0)
        {
            (AttestedOutputTokens, _attestedMonth, _attestedTokens) = (from.Signed(), (int)from.Signed(), from.Signed());
        }

        (GapLogSum, GapLogSquares, EmbeddingSquares) = (from.Double(), from.Double(), from.Double());
        (ActiveDays, LastAddress, _lastContent, _lastConversation) = (from.Number(), from.Word(), from.Word(), from.Word());
        UnpackSparse(ref from, _cues);
        UnpackSparse(ref from, _hours);
        UnpackSparse(ref from, _gaps);
        UnpackRegisters(ref from);
        for (var i = 0; i < SketchedExchange.EmbeddingLength; i++)
        {
            _embeddingSum[i] = from.Single();
        }

        Heavy = HeavyAnchors.Read(ref from);
        Exposure = ExposureAccount.Read(ref from);
    }

    // A bit for each counter that is not zero, then those.
    private static void PackSparse(StateWriter into, ReadOnlySpan<ushort> counters)
    {
        ulong used = 0;
        for (var i = 0; i < counters.Length; i++)
        {
            used |= counters[i] != 0 ? 1UL << i : 0;
        }

        into.Number(used);
        foreach (var counter in counters)
        {
            if (counter != 0)
            {
                into.Number(counter);
            }
        }
    }

    private static void UnpackSparse(ref StateReader from, Span<ushort> counters)
    {
        for (var used = from.Number(); used != 0; used &= used - 1)
        {
            var index = BitOperations.TrailingZeroCount(used);
            counters[index < counters.Length ? index : throw new StateFormatException("a counter that this build does not know")] = (ushort)from.Count(ushort.MaxValue);
        }
    }

    private void PackRegisters(StateWriter into)
    {
        ulong used = 0;
        for (var i = 0; i < Registers; i++)
        {
            used |= _distinct[i] != 0 ? 1UL << i : 0;
        }

        into.Word(used);
        foreach (var register in _distinct)
        {
            if (register != 0)
            {
                into.Number(register);
            }
        }
    }

    private void UnpackRegisters(ref StateReader from)
    {
        for (var used = from.Word(); used != 0; used &= used - 1)
        {
            _distinct[BitOperations.TrailingZeroCount(used)] = (byte)from.Count(byte.MaxValue);
        }
    }
}
