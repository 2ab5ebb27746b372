namespace Stillgate.Lab.Simulation.Texts;

/// <summary>Every text that a composition may use, by role and language: development texts where they are loaded, built-in ones elsewhere.</summary>
internal sealed class TextLibrary
{
    private readonly Dictionary<(TextRole Role, string Language), List<PromptPool>> _pools = [];
    private readonly Dictionary<string, List<AppMaterial>> _apps = [];
    private readonly long _seed;

    private readonly WrapperHalf _half;

    public TextLibrary(long seed, WrapperHalf half)
    {
        _seed = seed;
        _half = half;
    }

    /// <summary>Development sources that were loaded, in order; the built-in set is named for each language that it serves.</summary>
    public SortedSet<string> Sources { get; } = new(StringComparer.Ordinal);

    public void Add(TextRole role, PromptPool pool)
    {
        if (!_pools.TryGetValue((role, pool.Language), out var pools))
        {
            _pools.Add((role, pool.Language), pools = []);
        }

        pools.Add(pool);
        Sources.Add(pool.Source);
    }

    public void Add(AppMaterial app)
    {
        if (!_apps.TryGetValue(app.Inputs.Language, out var apps))
        {
            _apps.Add(app.Inputs.Language, apps = []);
        }

        apps.Add(app);
        Sources.Add(app.Inputs.Source);
    }

    /// <summary>A pool of a role and language; large sources are drawn more often, but not in proportion.</summary>
    public PromptPool Pool(TextRole role, string language, Chance chance)
    {
        if (!_pools.TryGetValue((role, language), out var pools))
        {
            return BuiltIn(role, BuiltInTexts.Of(language), chance);
        }

        Span<double> weights = stackalloc double[pools.Count];
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = Math.Sqrt(pools[index].Count);
        }

        return pools[chance.Weighted(weights)];
    }

    /// <summary>The authored task forms of this composition's half: neither side of the tuning sees those of the other.</summary>
    public string[] TaskForms(LanguageTexts texts) =>
        [.. texts.Tasks.Where((_, index) => _half == WrapperHalf.All || index % 2 == (_half == WrapperHalf.Tune ? 0 : 1))];

    /// <summary>The forms of application that an application draws from: the authored ones, a tutor and a grader of answers.</summary>
    private static AppTemplate[] AppForms(LanguageTexts texts) =>
    [
        .. texts.Apps,
        new AppTemplate { Kind = "tutor", System = "{company}. " + texts.Assignments[1].Trim(), User = "{task}" },
        new AppTemplate { Kind = "grading", System = "{company}.", User = texts.Judges[1], Batch = true },
    ];

    private PromptPool BuiltIn(TextRole role, LanguageTexts texts, Chance chance)
    {
        NoteBuiltIn(texts);
        return role switch
        {
            TextRole.Chat => BuiltInTexts.Chats(texts, _seed, TaskForms(texts)),
            TextRole.Benchmark => BuiltInTexts.Quiz(texts, _seed),
            TextRole.Judge => BuiltInTexts.Judgements(texts, _seed),
            _ => BuiltInTexts.Tasks(texts, TaskForms(texts), chance.Fork()),
        };
    }

    // Scripts draw pools while they run, and parts of a composition may run at once.
    private void NoteBuiltIn(LanguageTexts texts)
    {
        lock (_pools)
        {
            Sources.Add(BuiltInTexts.SourceName(texts.Language));
        }
    }

    /// <summary>The material of one application: development texts for half of them where there are any, an authored one otherwise.</summary>
    public AppMaterial App(string language, Chance chance)
    {
        var texts = BuiltInTexts.Of(language);
        if (_apps.TryGetValue(language, out var apps) && apps.Count > 0 && chance.Hit(0.5))
        {
            return DevelopmentApp(apps, texts, chance);
        }

        return AuthoredApp(texts, chance.Pick(AppForms(texts)), chance);
    }

    public AppMaterial AuthoredApp(LanguageTexts texts, AppTemplate template, Chance chance)
    {
        NoteBuiltIn(texts);
        var company = Identities.Names.CompanyStem(chance);
        var system = SlotText.Render(template.System, chance, slot => slot == "company" ? company : texts.Fill(slot, chance));
        // Each application has rules of its own: two shops that use the same role sentence must not share the rest of the prompt.
        var own = texts.WithSome(system, texts.Policies, chance.Between(2, 7), chance);
        return new AppMaterial(template.Kind, own, template.Batch, BuiltInTexts.Inputs(texts, template, TaskForms(texts), _seed, chance));
    }

    // An application on record is one customer: it is given out once. A bare stock of inputs serves many, each with a part of it
    // and a system prompt of its own.
    private AppMaterial DevelopmentApp(List<AppMaterial> apps, LanguageTexts texts, Chance chance)
    {
        var app = chance.Pick(apps);
        if (app.System is not null)
        {
            apps.Remove(app);
            return app;
        }

        var size = Math.Min(app.Inputs.Count, chance.Between(400, 1_500));
        var first = chance.Below(app.Inputs.Count);
        var stock = app.Inputs;
        var template = texts.Apps.FirstOrDefault(candidate => candidate.Kind == app.Kind) ?? texts.Apps[0];
        return app with
        {
            System = AuthoredApp(texts, template, chance).System,
            Inputs = stock with { Count = size, At = index => stock.At((first + index) % stock.Count) },
        };
    }
}
