using System.Globalization;
using Stillgate.Lab.Evaluation;

namespace Stillgate.Lab.Figures;

/// <summary>Our campaigns beside the sets that dense blocks would make of the same accounts.</summary>
internal static class MapSection
{
    public static void Write(MarkdownPage page, IReadOnlyList<AccountMap> maps)
    {
        if (maps.Count == 0)
        {
            return;
        }

        page.Heading(2, "Campaigns beside dense blocks");
        page.Paragraph($"FRAUDAR looks for what has most in common, for no other reason than that: an office with one card and one prompt is the densest block there is. Its blocks, found one after another over the whole log, as a map of who belongs together; each account is in the densest that holds it. Why our map is not cut so: [decision 0088](../decisions/0088-dense-blocks-measured.md).");
        page.Table(
            ["map", "pairs in one set that are of one ring", "pairs of one ring that are in one set", "harvest-to-legitimate pairs in one set"],
            maps.Select(map => (IReadOnlyList<string>)[map.Name, DetectionPage.Text(map.Pairs.Precision), DetectionPage.Text(map.Pairs.Recall), map.Pairs.Mixed.ToString("N0", CultureInfo.InvariantCulture)]));
    }
}
