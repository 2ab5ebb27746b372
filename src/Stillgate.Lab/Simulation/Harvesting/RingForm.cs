namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>How a kind of ring behaves: the numbers are those of disclosed campaigns (13 to 860 exchanges an account a day).</summary>
internal sealed record RingForm
{
    public required string Kind { get; init; }

    public required int PerDayMin { get; init; }

    public required int PerDayMax { get; init; }

    public int SizeMax { get; init; } = 200;

    /// <summary>Chance that an identifier (payment, mail domain, address block) is shared with other members of the ring.</summary>
    public double SharedIdentifiers { get; init; } = 0.5;

    /// <summary>Chance that all members register within two days.</summary>
    public double RegistrationBurst { get; init; } = 0.5;

    public double CoverShare { get; init; }

    public bool RewordsPerAccount { get; init; }

    /// <summary>Wordings that a request asks for; null leaves it to <see cref="RewordsPerAccount"/>.</summary>
    public int? WordingCount { get; init; }

    /// <summary>Exchanges an account that a request asks for, or null.</summary>
    public int? ExchangesEach { get; init; }

    /// <summary>Days over which the accounts start, where a request asks for it, or null.</summary>
    public double? JitterDays { get; init; }

    /// <summary>Styles to draw from; a style may be any of the trace families.</summary>
    public required IReadOnlyList<string> Styles { get; init; }

    public static IReadOnlyDictionary<string, RingForm> ByKind { get; } = Forms().ToDictionary(form => form.Kind);

    /// <summary>The form with what a request asks for.</summary>
    public static RingForm Of(RingRequest request)
    {
        var form = ByKind[request.Kind];
        return form with
        {
            CoverShare = request.CoverShare ?? form.CoverShare,
            WordingCount = request.WordingCount,
            ExchangesEach = request.ExchangesEach,
            JitterDays = request.JitterDays,
            SharedIdentifiers = request.IsDistinct ? 0 : form.SharedIdentifiers,
            RegistrationBurst = request.IsDistinct ? 0 : form.RegistrationBurst,
        };
    }

    private static IEnumerable<RingForm> Forms()
    {
        var traces = HarvestStyle.Traces;
        string[] instructions = [HarvestStyle.Generator, HarvestStyle.Evolve, .. traces];
        yield return new RingForm { Kind = RingKinds.FixedPrompt, PerDayMin = 40, PerDayMax = 200, SharedIdentifiers = 0.9, RegistrationBurst = 0.9, Styles = traces };
        yield return new RingForm { Kind = RingKinds.NoIdentifiers, PerDayMin = 30, PerDayMax = 120, SharedIdentifiers = 0, RegistrationBurst = 0, Styles = instructions };
        yield return new RingForm { Kind = RingKinds.Cover50, PerDayMin = 30, PerDayMax = 90, SharedIdentifiers = 0.3, CoverShare = 0.5, Styles = instructions };
        yield return new RingForm { Kind = RingKinds.Cover70, PerDayMin = 30, PerDayMax = 90, SharedIdentifiers = 0.3, CoverShare = 0.7, Styles = instructions };
        yield return new RingForm { Kind = RingKinds.Failover, PerDayMin = 60, PerDayMax = 300, SharedIdentifiers = 0.6, Styles = traces };
        yield return new RingForm { Kind = RingKinds.Pivot, PerDayMin = 40, PerDayMax = 140, Styles = [.. instructions, HarvestStyle.Clean] };
        yield return new RingForm { Kind = RingKinds.Judge, PerDayMin = 30, PerDayMax = 120, Styles = [HarvestStyle.Judge] };
        yield return new RingForm { Kind = RingKinds.Vertical, PerDayMin = 25, PerDayMax = 100, Styles = [.. traces, HarvestStyle.Generator] };
        yield return new RingForm { Kind = RingKinds.Persona, PerDayMin = 30, PerDayMax = 100, Styles = [HarvestStyle.Persona] };
        yield return new RingForm { Kind = RingKinds.LowAndSlow, PerDayMin = 10, PerDayMax = 30, SharedIdentifiers = 0.2, RegistrationBurst = 0.2, Styles = instructions };
        yield return new RingForm { Kind = RingKinds.Paraphrase, PerDayMin = 30, PerDayMax = 120, SharedIdentifiers = 0.2, RewordsPerAccount = true, Styles = instructions };
        yield return new RingForm { Kind = RingKinds.Trajectory, PerDayMin = 30, PerDayMax = 120, SizeMax = 80, Styles = [HarvestStyle.Trajectory] };
        yield return new RingForm { Kind = RingKinds.RawList, PerDayMin = 30, PerDayMax = 150, SharedIdentifiers = 0.4, Styles = [HarvestStyle.Raw] };
        yield return new RingForm { Kind = RingKinds.TechniqueSearch, PerDayMin = 30, PerDayMax = 300, SizeMax = 8, Styles = [HarvestStyle.Search] };
    }
}
