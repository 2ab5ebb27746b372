using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>
/// Pairs that a person wrote down with a label: <c>left,right,schema,same,set</c>, where <c>same</c> is 1 or 0 and <c>set</c> says whether they were
/// looked at while the matcher was built. Nothing is fitted on them.
/// </summary>
internal static class HandPairs
{
    private static readonly string[] Columns = ["left", "right", "schema", "same", "set"];

    /// <summary>Reads the pairs.</summary>
    /// <exception cref="ListFormatException">The header or a row is not of this form.</exception>
    public static List<PairSample> Read(string path)
    {
        var file = Path.GetFileName(path);
        using var reader = new StreamReader(path);
        var samples = new List<PairSample>();
        foreach (var row in DelimitedReader.Read(reader, ','))
        {
            if (samples.Count == 0 && row.Line == 1)
            {
                _ = row.Fields.SequenceEqual(Columns) ? true : throw new ListFormatException($"{file}:1: expected the header {string.Join(',', Columns)}");
                continue;
            }

            if (row.Fields.Length != Columns.Length || row.Fields[3] is not ("0" or "1"))
            {
                throw new ListFormatException($"{file}:{row.Line}: same: expected 1 or 0 in the fourth of {Columns.Length} fields");
            }

            samples.Add(new PairSample(row.Fields[0], row.Fields[1], EntitySchemas.Parse(row.Fields[2]), row.Fields[3] == "1", "by hand, " + row.Fields[4], "by hand", row.Fields[0]));
        }

        return samples;
    }
}
