using System.Globalization;
using Stillgate.Lab.Simulation.Contrast;
using Stillgate.Lab.Simulation.Harvesting;
using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation;

/// <summary>The accounts of a log in the making: what every kind of account needs to add its own.</summary>
internal sealed class Composition(SimulationOptions options, TextLibrary library)
{
    private readonly List<AccountPlan> _plans = [];
    private int _groupCount;
    private int _ringCount;

    public SimulationOptions Options { get; } = options;

    public TextLibrary Library { get; } = library;

    public WrapperChoice Wrappers { get; } = new(options.Wrappers);

    /// <summary>What the log leaves out.</summary>
    public LogHabit Habit { get; } = options.Style == CompositionStyle.Contrast ? LogHabit.Draw(Chance.For(options.Seed, "log-habit")) : LogHabit.Full;

    public IdentityFactory Identities { get; } = new(options.Seed, options.Start, options.Days);

    public IReadOnlyList<AccountPlan> Plans => _plans;

    public DateTimeOffset Start => Identities.Start;

    public DateTimeOffset End => Identities.End;

    public Chance ChanceFor(string purpose) => Chance.For(Options.Seed, purpose);

    public string NextGroup(string stem) => string.Create(CultureInfo.InvariantCulture, $"{stem}-{++_groupCount}");

    public string NextRing() => string.Create(CultureInfo.InvariantCulture, $"r-{++_ringCount}");

    /// <summary>Adds an account. The label's account is filled in here.</summary>
    public void Add(Identity identity, AccountLabel label, DateTimeOffset activeFrom, Func<Chance, IEnumerable<Call>> script) =>
        _plans.Add(new AccountPlan(Habit.Apply(identity), label with { Account = identity.Account }, activeFrom, Options.LegitimateExchangesMax is { } most && !label.Harvest ? Lightened(script, label, most) : script));

    // What an account shares with others of its group in time stays; the others' few exchanges are spread over the log.
    private Func<Chance, IEnumerable<Call>> Lightened(Func<Chance, IEnumerable<Call>> script, AccountLabel label, int most) => chance =>
    {
        var count = chance.LogUniform(Math.Min(3, most), most);
        var share = label.Kind is "campus" or "hackathon" ? 0 : chance.Unit() * 0.9;
        return Shifted(script(chance).Take(count), share);
    };

    private IEnumerable<Call> Shifted(IEnumerable<Call> calls, double share)
    {
        TimeSpan? shift = null;
        foreach (var call in calls)
        {
            shift ??= (End - call.At) * share;
            yield return call with { At = call.At + shift.Value };
        }
    }

    /// <summary>Length of the log in fortnights; the volumes of people and applications are drawn for one.</summary>
    public double FortnightCount => Options.Days / 14.0;

    /// <summary>The later of two times.</summary>
    public static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    /// <summary>When an account can first be active: not before the log, not before its own registration.</summary>
    public DateTimeOffset FirstActive(Identity identity) =>
        identity.Registration.CreatedAt is { } created ? Later(Start, created.AddMinutes(5)) : Start;
}
