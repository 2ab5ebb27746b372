using Stillgate.Lab.Attacks;
using Stillgate.Lab.Evaluation;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Figures;

/// <summary>What the signal of a search for techniques says of whom: of searching accounts, of other harvesters, and of the legitimate background.</summary>
internal static class SearchSection
{
    /// <param name="page">Receives the section.</param>
    /// <param name="outcomes">Every setting of every sweep; those with searching accounts are tabled.</param>
    /// <param name="others">Rings of the other kinds, with their background.</param>
    public static void Write(MarkdownPage page, IEnumerable<AttackOutcome> outcomes, params IReadOnlyList<AttackOutcome> others)
    {
        var searches = outcomes.Where(outcome => outcome.Searching.ContainsKey(RingKinds.TechniqueSearch)).ToArray();
        if (searches.Length == 0)
        {
            return;
        }

        var harvesting = Total(others, isHarvesting: true);
        var legitimate = Total(others, isHarvesting: false);
        page.Heading(3, "What TECHNIQUE_SEARCH says, and of whom");
        page.Paragraph($"Whatever the verdict: the signal enters no score, and an account that is clear is not given it as a reason. Of accounts of rings of every other kind {DetectionPage.Text(harvesting)} show it, of legitimate accounts {DetectionPage.Text(legitimate)} (each background counted once for each run).");
        page.Table(
            ["setting", "searching accounts that show it", "searching accounts flagged"],
            searches.Select(outcome => (IReadOnlyList<string>)
            [
                outcome.Point.Text,
                DetectionPage.Text(outcome.Searching[RingKinds.TechniqueSearch]),
                DetectionPage.Text(outcome.Report.RecallByRingKind.GetValueOrDefault(RingKinds.TechniqueSearch)),
            ]));
    }

    private static Rate Total(IReadOnlyList<AttackOutcome> outcomes, bool isHarvesting) =>
        SearchCount.Sum(outcomes.SelectMany(outcome => outcome.Searching)
            .Where(line => (line.Key != SearchCount.Legitimate) == isHarvesting)
            .Select(line => KeyValuePair.Create("", line.Value))).GetValueOrDefault("");
}
