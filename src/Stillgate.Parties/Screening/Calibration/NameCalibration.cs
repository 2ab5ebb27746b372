using System.Globalization;
using System.Text;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>Fits the matcher's weights on the tuning sources and writes them as the JSON that the assembly embeds.</summary>
public static class NameCalibration
{
    private const double Ridge = 2;

    // More weight on rows of different parties moves the balance point towards precision.
    private const double DifferentWeight = 1.35;

    // Every kind of pair counts as much as this many rows, so that long lists of one kind do not drown the others.
    private const double RowsPerKind = 200;

    // Real pairs count for more than made ones; "VTB" and "VTB Bank" is one party more often than the rows of our making say.
    private static readonly (string Kind, double Times)[] Emphasis = [("alias", 2), ("mined", 3), ("neighbour", 5), ("activity of the long form", 2), ("distinctive word left out", 2)];

    // Set by judgement where the lists hold too few cases to fit: numbers and generations that contradict decide by themselves.
    private static readonly Dictionary<string, double> Ceilings = new(StringComparer.Ordinal)
    {
        ["numbers that contradict"] = -6,
        ["number on one side only"] = -3,
        ["generation suffixes that contradict"] = -5,
        ["generic name with a word more on one side"] = -2.5,

        // "ODK" and "United Shipbuilding": the made deviations hold next to no such pair, and short words cost little by the other features.
        ["nothing agrees"] = -4,

        // The lists hold no case: set so that "I. Sechin" and "A. Sechin" part.
        ["only a surname agrees and initials contradict"] = -3,
        ["initials left over on both sides"] = -2.5,

        // Only our own deviations hold it without a counterpart; among listed aliases and near names of others it stands 47 to 15 for one party, which is less.
        ["home place on one side only"] = 1,
    };

    // The lists are written in capitals throughout, so they hold no case of a word that alone is.
    private static readonly Dictionary<string, double> Floors = new(StringComparer.Ordinal) { ["word in capitals on one side only"] = 1 };

    /// <summary>Fits and returns the JSON.</summary>
    /// <param name="data">The folder of the development data.</param>
    /// <param name="version">The version to write into the model.</param>
    public static string Fit(string data, string version)
    {
        var samples = PairCorpus.Tuning(data);
        var json = new StringBuilder();
        json.Append(CultureInfo.InvariantCulture, $"{{\n  \"version\": \"{version}\",\n");
        json.Append("  \"provenance\": \"stillgate parties calibrate; tuning sources: OFAC SDN of July 2021 (aliases, generated deviations, nearest other parties), fake_1000 clerical labels\",\n");
        Append(json, "person", PersonFeatures.Names, samples.Where(sample => sample.Schema == EntitySchema.Person), comma: true);
        Append(json, "organization", OrganizationFeatures.Names, samples.Where(sample => sample.Schema != EntitySchema.Person), comma: false);
        return json.Append("}\n").ToString();
    }

    private static void Append(StringBuilder json, string reading, string[] names, IEnumerable<PairSample> samples, bool comma)
    {
        var rows = new List<double[]>();
        var labels = new List<bool>();
        var kinds = new List<string>();
        foreach (var sample in samples)
        {
            var (features, isSame) = NameMatcher.Measure(sample.Left, sample.Right, sample.Schema);
            if (!isSame)
            {
                rows.Add(features.Values);
                labels.Add(sample.IsSame);
                kinds.Add(sample.Kind + sample.IsSame);
            }
        }

        var counts = kinds.CountBy(kind => kind).ToDictionary(StringComparer.Ordinal);
        var weights = kinds.Select((kind, at) => RowsPerKind / counts[kind] * (labels[at] ? 1 : DifferentWeight)
            * Emphasis.FirstOrDefault(pair => kind.StartsWith(pair.Kind, StringComparison.Ordinal), ("", 1)).Times).ToArray();
        var solution = LogisticFit.Solve(rows, labels, weights, Ridge);
        json.Append(CultureInfo.InvariantCulture, $"  \"{reading}\": {{\n    \"pairs\": {rows.Count},\n    \"bias\": {solution[^1]:0.0000},\n    \"weights\": {{\n");
        for (var index = 0; index < names.Length; index++)
        {
            json.Append(CultureInfo.InvariantCulture, $"      \"{names[index]}\": {Held(names[index], solution[index]):0.0000}{(index + 1 < names.Length ? "," : "")}\n");
        }

        json.Append("    }\n  }").Append(comma ? ",\n" : "\n");
    }

    private static double Held(string name, double weight) =>
        Math.Max(Floors.GetValueOrDefault(name, double.MinValue), Math.Min(weight, Ceilings.GetValueOrDefault(name, double.MaxValue)));
}
