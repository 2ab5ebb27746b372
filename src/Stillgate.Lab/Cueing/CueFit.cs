using System.IO.Hashing;
using System.Text;
using System.Text.RegularExpressions;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Cueing;

/// <summary>
/// Fits a <see cref="CueModel"/>: windows of prompts that ask for training data against windows of innocent prompts and of what legitimate accounts ask, then
/// against the windows of those that came nearest. Half of the wordings set the threshold and teach nothing, so that what is measured, here and on whole logs, is also
/// what the model makes of applications that it has not seen.
/// </summary>
public sealed partial class CueFit
{
    /// <summary>The share of an account's texts at which a cue counts as its habit.</summary>
    public const double TextShare = 0.2;

    private const int Rounds = 6;
    private const int HardestPerRound = 12_000;
    private const int InnocentPerRound = 4_000;
    private const int OrdinaryMax = 60_000;
    private const int MaterialCharsMax = 300;
    private const double Cost = 0.5;
    private const double OrdinaryCost = 1.5;
    private const double InnocentCost = 1;
    private const long Seed = 1;

    private readonly List<CuePrompt> _prompts = [];
    private readonly List<OrdinaryText> _teaching = [];
    private readonly List<OrdinaryText> _measuring = [];

    /// <summary>Adds the prompts of a folder.</summary>
    /// <param name="folder">Folder of <c>.txt</c> files.</param>
    /// <exception cref="SimulationException">It holds none, or a line is not a prompt.</exception>
    public void AddPrompts(string folder) => _prompts.AddRange(CuePrompt.ReadAll(folder));

    /// <summary>Adds what the legitimate accounts of a composed log ask.</summary>
    /// <param name="folder">Folder of <c>lab simulate</c>.</param>
    /// <param name="teachesAll">Whether all of it teaches; else half of its wordings measure.</param>
    /// <exception cref="SimulationException">The folder has no labels.</exception>
    /// <exception cref="Protocol.ExchangeLog.LogFormatException">The log cannot be read.</exception>
    public void AddLog(string folder, bool teachesAll)
    {
        foreach (var text in OrdinaryTexts.Read(folder).Where(text => !text.Label.Harvest))
        {
            (teachesAll || XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(text.Wording)) % 2 == 0 ? _teaching : _measuring).Add(text);
        }
    }

    /// <summary>Fits the model.</summary>
    /// <param name="output">Receives the model as <c>cue-model.bin</c>.</param>
    /// <param name="progress">Receives what is being done, in words, or null.</param>
    /// <returns>What was fitted, in words.</returns>
    /// <exception cref="SimulationException">There is nothing to learn from, or nothing to measure with.</exception>
    public string Write(Stream output, IProgress<string>? progress)
    {
        if (_teaching.Count == 0 || _measuring.Count == 0 || _prompts.DistinctBy(prompt => prompt.Family == Cues.None).Count() < 2)
        {
            throw new SimulationException($"{_prompts.Count} prompts and {_teaching.Count} and {_measuring.Count} texts to learn from and to measure with: expected prompts of both sides and texts of legitimate accounts");
        }

        var chance = Chance.For(Seed, "cues");
        var ordinary = Sample(_teaching, chance);
        var texts = ordinary.Select(text => new CueText(text.Text)).Where(text => !text.IsEmpty).ToList();
        var prompts = Texts(Material(ordinary), chance);
        var asking = prompts.Where(prompt => prompt.Family != Cues.None).Select(prompt => (prompt.Family, prompt.Row)).ToList();
        var rows = new CueRows();
        prompts.ForEach(prompt => rows.Add(prompt.Row, prompt.Family != Cues.None, prompt.Family == Cues.None ? InnocentCost : Cost));
        texts.ForEach(text => rows.Add(text.AnyWindow(chance), asks: false, OrdinaryCost));
        var weights = Fit(rows, texts, [.. prompts.Where(prompt => prompt.Family == Cues.None).Select(prompt => prompt.Text)], progress);
        var threshold = Threshold(weights);
        progress?.Report("fitting the families");
        CueWeights.Quantise(weights, threshold, FitFamilies(asking)).Write(output);
        var askingCount = _prompts.Count(prompt => prompt.Family != Cues.None);
        return FormattableString.Invariant($"{askingCount:N0} prompts that ask for training data, {_prompts.Count - askingCount:N0} innocent ones, {texts.Count:N0} ordinary texts; threshold {threshold:F2} over {_measuring.Count:N0} texts of wordings that taught nothing");
    }

    [GeneratedRegex(@"\{[A-Za-z_ ]+\}")]
    private static partial Regex Slots();

    // What stands in a prompt's slots: ordinary texts, and what was written without slots.
    private List<string> Material(List<OrdinaryText> ordinary) =>
        [.. ordinary.Select(text => text.Text).Concat(_prompts.Where(prompt => prompt.Family == Cues.None && !Slots().IsMatch(prompt.Text)).Select(prompt => prompt.Text)).Where(text => text.Length is > 20 and < 900)];

    // Every prompt twice: with material in its slots, and without.
    private List<(Cues Family, CueText Text, uint[] Row)> Texts(List<string> material, Chance chance)
    {
        var texts = new List<(Cues Family, CueText Text, uint[] Row)>();
        foreach (var prompt in _prompts)
        {
            foreach (var text in (string[])[Fill(prompt.Text, material, chance), Slots().Replace(prompt.Text, "")])
            {
                var tokens = new CueText(text);
                texts.Add((prompt.Family, tokens, tokens.AnyWindow(chance)));
            }
        }

        return texts;
    }

    // Over and over, each time with the windows that come nearest of what does not ask.
    private static float[] Fit(CueRows rows, List<CueText> ordinary, List<CueText> innocent, IProgress<string>? progress)
    {
        progress?.Report($"fitting {rows.Count:N0} windows");
        var weights = rows.Fit(Seed);
        for (var round = 0; round < Rounds; round++)
        {
            AddHardest(rows, ordinary, weights, HardestPerRound, OrdinaryCost);
            AddHardest(rows, innocent, weights, InnocentPerRound, InnocentCost);
            progress?.Report($"fitting {rows.Count:N0} windows, the hardest so far among them");
            weights = rows.Fit(Seed);
        }

        return weights;
    }

    private static void AddHardest(CueRows rows, List<CueText> texts, float[] weights, int most, double cost)
    {
        foreach (var text in texts.OrderByDescending(text => text.BestScore(weights)).Take(most))
        {
            rows.Add(text.BestWindow(weights), asks: false, cost);
        }
    }

    private static string Fill(string prompt, List<string> material, Chance chance) => Slots().Replace(prompt, _ =>
    {
        var text = chance.Pick(material);
        return text.Length > MaterialCharsMax ? text[..MaterialCharsMax] : text;
    });

    private static List<OrdinaryText> Sample(List<OrdinaryText> texts, Chance chance)
    {
        var keys = texts.ConvertAll(_ => chance.NextBits());
        return [.. texts.Zip(keys).OrderBy(pair => pair.Second).Take(OrdinaryMax).Select(pair => pair.First)];
    }

    // An account's habit is the score that a share of its texts reaches, a wording's that of its median account: few applications may have the cue in all they ask, a stray one
    // in many is nothing, and a class of sixty counts once. No wording that taught nothing is above the threshold. Benchmarks that ask for written-out reasoning do what the cue says, and are told from harvests by other evidence: they set no bar.
    private double Threshold(float[] weights)
    {
        var habits = _measuring.Where(text => text.Label.Kind != "evaluator").GroupBy(text => text.Wording).Select(wording =>
        {
            var accounts = wording.GroupBy(text => text.Account).Select(texts => At(texts.Select(text => new CueText(text.Text).BestScore(weights)), TextShare));
            return At(accounts, 0.5);
        });
        return habits.Max();
    }

    // The value that a share of them is above.
    private static double At(IEnumerable<double> values, double share)
    {
        var ordered = values.OrderDescending().ToArray();
        return ordered[(int)(ordered.Length * share)];
    }

    private static float[][] FitFamilies(List<(Cues Family, uint[] Row)> asking)
    {
        const int shift = CueTokens.Bits - CueModel.FamilyBits;
        var folded = asking.ConvertAll(pair => pair.Row.Select(feature => feature >> shift).Distinct().ToArray());
        var costs = Enumerable.Repeat(Cost, folded.Count).ToArray();
        return [.. CueModel.Families.Select(family => LinearSvm.Fit(folded, [.. asking.Select(pair => pair.Family == family)], costs, 1 << CueModel.FamilyBits, Seed))];
    }
}
