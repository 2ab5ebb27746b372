namespace Stillgate.Lab.Simulation.Texts;

/// <summary>Every text that a composition may use, by role and language: development texts where they are loaded, built-in ones elsewhere.</summary>
internal sealed class TextLibrary
{
    private readonly Dictionary<(TextRole Role, string Language), List<PromptPool>> _pools = [];
    private readonly Dictionary<string, List<AppMaterial>> _apps = [];
    private readonly long _seed;

    public TextLibrary(long seed) => _seed = seed;

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
            return BuiltIn(role, BuiltInTexts.Of(language));
        }

        Span<double> weights = stackalloc double[pools.Count];
        for (var index = 0; index < weights.Length; index++)
        {
            weights[index] = Math.Sqrt(pools[index].Count);
        }

        return pools[chance.Weighted(weights)];
    }

    /// <summary>The built-in pool of a role, whatever else is loaded.</summary>
    public PromptPool BuiltIn(TextRole role, LanguageTexts texts)
    {
        Sources.Add(BuiltInTexts.SourceName(texts.Language));
        return role switch
        {
            TextRole.Chat => BuiltInTexts.Chats(texts, _seed),
            TextRole.Benchmark => BuiltInTexts.Quiz(texts, _seed),
            TextRole.Judge => BuiltInTexts.Judgements(texts, _seed),
            _ => BuiltInTexts.Tasks(texts, _seed),
        };
    }

    /// <summary>The material of one application: development texts for half of them where there are any, an authored one otherwise.</summary>
    public AppMaterial App(string language, Chance chance)
    {
        if (_apps.TryGetValue(language, out var apps) && chance.Hit(0.5))
        {
            return chance.Pick(apps);
        }

        var texts = BuiltInTexts.Of(language);
        return AuthoredApp(texts, chance.Pick(texts.Apps), chance);
    }

    public AppMaterial AuthoredApp(LanguageTexts texts, AppTemplate template, Chance chance)
    {
        Sources.Add(BuiltInTexts.SourceName(texts.Language));
        var company = Identities.Names.CompanyStem(chance);
        var system = SlotText.Render(template.System, chance, slot => slot == "company" ? company : texts.Fill(slot, chance));
        return new AppMaterial(template.Kind, WithPolicies(system, texts, chance), template.Batch, BuiltInTexts.Inputs(texts, template, _seed, chance));
    }

    // Each application has rules of its own: two shops that use the same role sentence must not share the rest of the prompt.
    private static string WithPolicies(string system, LanguageTexts texts, Chance chance)
    {
        var policies = texts.Policies.ToArray();
        chance.Shuffle(policies);
        return string.Join(texts.IsDense ? "" : " ", policies.Take(chance.Between(2, 7)).Prepend(system));
    }
}
