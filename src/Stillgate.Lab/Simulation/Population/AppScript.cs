using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>
/// An application: one system prompt, its own inputs, ServeGen-like arrivals. Where users wait, popular inputs come again and
/// again (Zipf over the application's own stock); a batch works through its stock in order.
/// </summary>
internal sealed record AppScript
{
    public required AppMaterial Material { get; init; }

    public required LanguageTexts Texts { get; init; }

    public required ArrivalShape Shape { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required int LimitCount { get; init; }

    public IEnumerable<Call> Run(Chance chance)
    {
        var contents = Contents(chance.Fork()).GetEnumerator();
        var count = 0;
        foreach (var at in Shape.Draw(From, To, chance))
        {
            if (count++ >= LimitCount || !contents.MoveNext())
            {
                yield break;
            }

            yield return new Call(at, contents.Current);
        }
    }

    /// <summary>The application's requests without their times; endless.</summary>
    public IEnumerable<Content> Contents(Chance chance)
    {
        var inputs = Material.Inputs;
        var stock = Math.Min(inputs.Count, Material.Batch ? 1 << 20 : chance.LogUniform(150, 6_000));
        var offset = chance.Below(inputs.Count);
        var settings = DrawSettings(chance);
        for (var sent = 0; ; sent++)
        {
            var index = (offset + (Material.Batch ? sent : chance.Hit(0.6) ? chance.Below(stock) : chance.ZipfRank(stock))) % inputs.Count;
            foreach (var content in ConversationScript.Turns(inputs.At(index), Material.System, settings, Texts, chance))
            {
                yield return content;
            }
        }
    }

    private static RequestSettings DrawSettings(Chance chance) => new()
    {
        Temperature = chance.Pick<double?>([0, 0, 0.2, 0.3, 0.7, 1, null, null]),
        MaxOutputTokens = chance.Pick<int?>([256, 512, 1024, 2048, 4096, null]),
        Stream = chance.Hit(0.4) ? true : null,
    };
}
