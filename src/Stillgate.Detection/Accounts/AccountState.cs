using System.IO.Hashing;
using System.Runtime.InteropServices;
using Stillgate.Detection.Exposures;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;

namespace Stillgate.Detection.Accounts;

/// <summary>
/// What the analysis keeps of a principal: an account, or one end customer of a declared reseller. Who it is and what groups ask of it stands
/// here; its counters stand in an <see cref="AccountCounters"/> while it is active, and in some hundred bytes that give back exactly the
/// same while it rests. Written by the engine's one thread.
/// </summary>
internal sealed class AccountState
{
    /// <summary>Cues counted.</summary>
    public const int CueCount = AccountCounters.CueCount;

    [ThreadStatic]
    private static StateWriter? _packing;

    private AccountCounters? _counters;

    // The counters as they were when the account went to rest; null once they have changed.
    private byte[]? _packed;
    private AddressBlocks _blocks;
    private AccountEvidence? _evidence;

    public AccountState() => _counters = new AccountCounters();

    public required int Index { get; init; }

    public required string Account { get; init; }

    public string? EndCustomer { get; init; }

    public required RegistrationFacts Registration { get; init; }

    public long Count { get; private set; }

    public long FirstAtMs { get; private set; }

    /// <summary>What is found of it, to be added to. Most accounts are never judged and have none: whoever only reads asks <see cref="Found"/>.</summary>
    public AccountEvidence Evidence => _evidence ??= new AccountEvidence();

    /// <summary>What was found of it so far, to be read.</summary>
    public AccountEvidence Found => _evidence ?? AccountEvidence.None;

    /// <summary>Identifiers that it shares or may share with others.</summary>
    public AccountIdentifiers Identifiers => Count > 0 && !Registration.Reseller ? Registration.Identifiers : AccountIdentifiers.None;

    /// <summary>Address blocks that it connects from, the first few: a roaming account would join every group there is.</summary>
    public ref AddressBlocks Blocks => ref _blocks;

    /// <summary>The TLS fingerprint (JA4) of its first exchange that has one, as a number; 0 where none has.</summary>
    public uint ClientHello { get; private set; }

    /// <summary>Uses of the anchor that it uses most.</summary>
    public int HighestUse { get; private set; }

    /// <summary>Whether its counters are packed.</summary>
    public bool IsAtRest => _counters is null;

    public long ServedCount => Counters.ServedCount;

    public long LastAtMs => Counters.LastAtMs;

    public string LastExchange => Counters.LastExchange;

    public long SingleTurnCount => Counters.SingleTurnCount;

    public long ToolTurnCount => Counters.ToolTurnCount;

    public long ConversationSwitches => Counters.ConversationSwitches;

    public long ResampleCount => Counters.ResampleCount;

    public long OutputTokens => Counters.OutputTokens;

    public long ReasoningTokens => Counters.ReasoningTokens;

    public long LongAnswerCount => Counters.LongAnswerCount;

    public long StrongCueCount => Counters.StrongCueCount;

    public long AttestedCount => Counters.AttestedCount;

    public long AttestedOutputTokens => Counters.AttestedOutputTokens;

    public double GapLogSum => Counters.GapLogSum;

    public double GapLogSquares => Counters.GapLogSquares;

    public ReadOnlySpan<float> EmbeddingSum => Counters.EmbeddingSum;

    public double EmbeddingSquares => Counters.EmbeddingSquares;

    public ulong ActiveDays => Counters.ActiveDays;

    public ReadOnlySpan<ushort> Cues => Counters.Cues;

    public ReadOnlySpan<ushort> Hours => Counters.Hours;

    public ReadOnlySpan<ushort> Gaps => Counters.Gaps;

    public HeavyAnchors Heavy => Counters.Heavy;

    /// <summary>What it has received, exempt use included: accounting that no judge reads.</summary>
    public ExposureAccount Exposure => Counters.Exposure;

    // Looking at an account at rest unpacks it until it is sent to rest again; what is packed stays good.
    private AccountCounters Counters => _counters ??= AccountCounters.Unpack(_packed!);

    private AccountCounters Changing
    {
        get
        {
            var counters = Counters;
            _packed = null;
            return counters;
        }
    }

    /// <summary>Counts an exchange.</summary>
    public void Observe(SketchedExchange exchange)
    {
        var counters = Changing;
        FirstAtMs = Count == 0 ? exchange.AtMs : FirstAtMs;
        Count++;
        if (ClientHello == 0 && exchange.Tls is { } hello)
        {
            ClientHello = (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(hello.AsSpan())) | 1;
        }

        counters.Observe(exchange, FirstAtMs, isFirst: Count == 1);
    }

    /// <summary>Counts what an exchange brought the account, exempt or not.</summary>
    public void ObserveExposure(SketchedExchange exchange) => Changing.Exposure.Observe(exchange);

    /// <summary>Counts a use of an anchor.</summary>
    /// <returns>Uses counted so far: an upper bound where the slot was taken over from another anchor.</returns>
    public int UseAnchor(ulong anchor)
    {
        var heavy = Changing.Heavy;
        var uses = heavy.Use(anchor);
        HighestUse = heavy.Highest;
        return uses;
    }

    /// <summary>Whether this is another address than that of the exchange before.</summary>
    public bool IsNewAddress(ulong address)
    {
        if (Counters.LastAddress == address)
        {
            return false;
        }

        Changing.LastAddress = address;
        return true;
    }

    /// <summary>Counts an exchange under a registered exemption: for exposure only.</summary>
    public void CountAttested(SketchedExchange exchange)
    {
        var counters = Changing;
        FirstAtMs = counters.AttestedCount == 0 && Count == 0 ? exchange.AtMs : FirstAtMs;
        counters.CountAttested(exchange);
    }

    /// <summary>Whether the exempt use of this calendar month has reached the registered quota.</summary>
    public bool IsOverQuota(long atMs) => Registration.MonthlyQuota is { } quota && Counters.AttestedTokensIn(atMs) is { } used && used >= quota;

    /// <summary>Estimated distinct last messages.</summary>
    public double DistinctEstimate() => Counters.DistinctEstimate();

    /// <summary>Packs the counters: nothing is lost, and the next look unpacks them.</summary>
    public void Rest()
    {
        if (_counters is { } counters)
        {
            _packed ??= Pack(counters);
            _counters = null;
        }
    }

    /// <summary>Writes everything that changes in an account.</summary>
    public void Write(StateWriter into)
    {
        into.Number((ulong)Count);
        into.Signed(FirstAtMs);
        into.Number((ulong)HighestUse);
        into.Number(ClientHello);
        _blocks.Write(into);
        var packed = _packed ?? Pack(_counters!);
        into.Number((ulong)packed.Length);
        into.Bytes(packed);
    }

    /// <summary>Takes over what another process wrote; the account is then at rest.</summary>
    public void Read(ref StateReader from)
    {
        Count = (long)from.Number();
        FirstAtMs = from.Signed();
        HighestUse = (int)from.Number();
        ClientHello = (uint)from.Number();
        _blocks = AddressBlocks.Read(ref from);
        _packed = from.Bytes(from.Count(AccountCounters.PackedBytesMax)).ToArray();
        _counters = null;
    }

    private static byte[] Pack(AccountCounters counters)
    {
        var packing = _packing ??= new StateWriter();
        packing.Clear();
        counters.Pack(packing);
        return packing.Written.ToArray();
    }
}
