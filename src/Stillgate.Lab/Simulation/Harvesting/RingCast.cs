using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>Adds rings: at least one of each kind as far as the number of accounts allows, sizes heavy-tailed from 5 to 200.</summary>
internal sealed class RingCast(Composition composition)
{
    private const int SizeMin = 5;
    private const int MemberLimitCount = 2_500;
    private const int SearchLimitMin = 200;
    private const int SearchLimitMax = 2_000;
    private readonly Chance _chance = composition.ChanceFor("rings");
    private readonly WrapperChoice _wrappers = composition.Wrappers;
    private readonly LanguageDeal _languages = new();

    /// <summary>Adds exactly the rings that were asked for.</summary>
    public void Add(IReadOnlyList<RingRequest> rings)
    {
        foreach (var ring in rings)
        {
            AddRing(Draw(RingForm.Of(ring), ring.AccountCount));
        }
    }

    /// <summary>Adds rings over about so many accounts.</summary>
    public void Add(int accountCount)
    {
        var kinds = RingKinds.Drawn;
        var left = accountCount;
        for (var index = 0; left >= SizeMin; index++)
        {
            var form = RingForm.ByKind[kinds[index % kinds.Count]];
            // While kinds are still missing, each leaves room for the smallest ring of those after it.
            var room = left - (SizeMin * Math.Max(0, kinds.Count - index - 1));
            // Many rings of moderate size rather than a few large ones: a figure by kind of ring needs more than one ring.
            var most = Math.Max(12, accountCount / (index < kinds.Count ? 16 : 10));
            var max = Math.Min(form.SizeMax, Math.Max(SizeMin, Math.Min(room, most)));
            var size = Math.Min(left, _chance.LogUniform(SizeMin, max));
            AddRing(Draw(form, size));
            left -= size;
        }
    }

    private Ring Draw(RingForm form, int size)
    {
        var from = composition.Start.AddHours(_chance.Unit() * composition.Options.Days * 24 * 0.25);
        var languages = new HashSet<string>();
        for (var count = _chance.Hit(0.3) ? _chance.Between(2, 4) : 1; count > 0; count--)
        {
            languages.Add(_languages.Deal(size / (double)count, _chance));
        }

        return new Ring
        {
            Id = composition.NextRing(),
            Form = form,
            Size = size,
            Tasks = [.. languages.Select(language => DrawTasks(form, language))],
            Identifiers = new RingIdentifiers(form, composition.Identities, size, from, _chance),
            From = from,
            To = composition.End,
            Overlap = _chance.Hit(0.5) ? 0 : _chance.Between(0.05, 0.20),
            Settings = HarvestScript.DrawSettings(_chance),
        };
    }

    private RingTasks DrawTasks(RingForm form, string language)
    {
        var texts = BuiltInTexts.Of(language);
        var pool = form.Kind == RingKinds.Vertical
            ? BuiltInTexts.Tasks(texts, composition.Library.TaskForms(texts), _chance.Fork(), _chance.Pick([.. texts.Verticals.Keys]))
            : composition.Library.Pool(TextRole.Harvest, language, _chance);
        var wrapper = form.Kind is RingKinds.RawList or RingKinds.TechniqueSearch ? null : _wrappers.Draw(texts, form.Styles, _chance);
        var tasks = new RingTasks(
            texts,
            pool,
            _chance.Below(pool.Count),
            wrapper is null ? null : SettledWrapper.Draw(wrapper, texts, _chance))
        {
            Search = form.Kind == RingKinds.TechniqueSearch ? TechniqueSearch.Draw(_wrappers, texts, pool, form.WordingCount, _chance) : null,
        };
        return form.WordingCount is { } count && tasks.Wrapper is { } first ? tasks with { Wordings = DrawWordings(first, texts, count) } : tasks;
    }

    private IReadOnlyList<SettledWrapper> DrawWordings(SettledWrapper first, LanguageTexts texts, int count)
    {
        var kin = _wrappers.Kin(texts, first.Source);
        return [first, .. Enumerable.Range(1, count - 1).Select(number => SettledWrapper.Draw(kin[number % kin.Count], texts, _chance))];
    }

    private void AddRing(Ring ring)
    {
        var diesAt = ring.Form.Kind == RingKinds.Failover ? ring.From.AddDays(composition.Options.Days * _chance.Between(0.25, 0.45)) : (DateTimeOffset?)null;
        // The warm pool holds two fifths of the accounts and starts hours after the first is refused.
        var firstPool = diesAt is null ? ring.Size : Math.Max(1, ring.Size * 3 / 5);
        for (var number = 0; number < ring.Size; number++)
        {
            if (diesAt is { } death && number >= firstPool)
            {
                AddMember(ring, number, death.AddHours(_chance.Between(1.0, 6.0)), refusedFrom: null);
            }
            else
            {
                AddMember(ring, number, ring.From.AddHours(DrawStagger(ring.Form)), diesAt?.AddMinutes(_chance.Between(0.0, 50.0)));
            }
        }
    }

    private double DrawStagger(RingForm form) => form.JitterDays is { } days
        ? _chance.Unit() * Math.Max(1, Math.Min(days, composition.Options.Days * 0.7) * 24)
        : Math.Min(_chance.Exponential(composition.Options.Days * 24 * 0.05), composition.Options.Days * 24 * 0.2);

    private void AddMember(Ring ring, int number, DateTimeOffset from, DateTimeOffset? refusedFrom)
    {
        var identity = WithPivot(ring, ring.Identifiers.DrawMember(from, _chance), _chance);
        var tasks = ring.Tasks[number % ring.Tasks.Count];
        var wrapper = tasks.Wordings.Count > 0 ? tasks.Wordings[number / ring.Tasks.Count % tasks.Wordings.Count] : Reworded(ring, tasks);
        var each = ring.Form.ExchangesEach ?? (tasks.Search is null ? null : _chance.LogUniform(SearchLimitMin, SearchLimitMax));
        var shape = DrawShape(ring, identity, from, each);
        var shard = new Shard(number / ring.Tasks.Count, ((ring.Size - 1) / ring.Tasks.Count) + 1, tasks.First, ring.Overlap);
        var account = new HarvestAccount
        {
            Library = composition.Library,
            Texts = tasks.Texts,
            Harvest = tasks.Search is { } search ? search.Contents : HarvestOf(ring, tasks, wrapper, shard, shape.PerDay * (ring.To - from).TotalDays).Contents,
            From = from,
            To = ring.To,
            LimitCount = each ?? MemberLimitCount,
            CoverShare = ring.Form.CoverShare,
            RefusedFrom = refusedFrom,
            Shape = shape,
        };
        composition.Add(identity, Label(ring, tasks, wrapper?.Source), from, account.Run);
    }

    private static HarvestScript HarvestOf(Ring ring, RingTasks tasks, SettledWrapper? wrapper, Shard shard, double requestCount) => new()
    {
        User = wrapper?.User,
        System = wrapper?.System,
        Style = wrapper?.Source.Style ?? HarvestStyle.Raw,
        Tasks = tasks.Pool,
        Texts = tasks.Texts,
        Shard = shard,
        SamplesPerPrompt = SamplesPerPrompt(shard, tasks.Pool.Count, requestCount * (1 - ring.Form.CoverShare)),
        Settings = ring.Settings,
    };

    // A list too short for its ring is sampled several times a prompt, as harvests do; so the parts stay disjoint.
    private static int SamplesPerPrompt(Shard shard, int poolCount, double requestCount) =>
        Math.Max(1, (int)Math.Ceiling(requestCount * 1.5 / Math.Max(1, poolCount / shard.Count)));

    private SettledWrapper? Reworded(Ring ring, RingTasks tasks) => ring.Form.RewordsPerAccount && tasks.Wrapper is { } own
        ? SettledWrapper.Draw(_chance.Pick(_wrappers.Kin(tasks.Texts, own.Source)), tasks.Texts, _chance)
        : tasks.Wrapper;

    private ArrivalShape DrawShape(Ring ring, Identity identity, DateTimeOffset from, int? limit)
    {
        var isEven = _chance.Hit(0.35);
        var shape = new ArrivalShape
        {
            PerDay = _chance.LogUniform(ring.Form.PerDayMin, ring.Form.PerDayMax),
            Cv = isEven ? _chance.Between(0.2, 0.8) : _chance.Between(1.0, 3.0),
            OnShare = isEven ? 1 : _chance.Between(0.15, 0.9),
            Rhythm = _chance.Hit(0.5) ? DayRhythm.Service : DayRhythm.Flat,
            ZoneHours = identity.ZoneHours,
        };
        if (limit is { } each)
        {
            // A little faster than need be: the limit, not the end of the log, is to end most accounts.
            shape = shape with { PerDay = each * 1.2 / Math.Max(0.5, (ring.To - from).TotalDays) };
        }

        return ring.Form.JitterDays switch
        {
            null => shape,
            0 => shape with { Cv = 0.3, OnShare = 1, Rhythm = DayRhythm.Flat },
            _ => shape with { Cv = Math.Max(shape.Cv, 1.2), OnShare = Math.Min(shape.OnShare, 0.6), Rhythm = DayRhythm.Human },
        };
    }

    private Identity WithPivot(Ring ring, Identity identity, Chance chance) => ring.Form.Kind != RingKinds.Pivot
        ? identity
        : identity with
        {
            Models = new ModelHabit("m-large", composition.Identities.Launch, composition.Identities.Launch.AddHours(chance.Between(1.0, 20.0)), SwitchShare: 0.55),
        };

    private static AccountLabel Label(Ring ring, RingTasks tasks, Wrapper? wrapper) => new()
    {
        Account = "",
        Kind = "ring",
        Harvest = true,
        Ring = ring.Id,
        RingKind = ring.Form.Kind,
        Style = wrapper?.Style ?? (tasks.Search is null ? HarvestStyle.Raw : HarvestStyle.Search),
        Language = tasks.Texts.Language,
        Sources = [tasks.Pool.Source],
        Wrapper = wrapper?.Id,
    };
}
