using System.Text.Json;
using Stillgate.Parties.Ownership;
using Xunit;

namespace Stillgate.Tests.Parties;

public sealed class OwnershipFaq401Tests
{
    [Fact]
    public void StandingOf_FiveCasesOfFaq401_AreAsTheAgencyAnswersThem()
    {
        var path = Path.Combine(Repository.Data ?? string.Empty, "ownership", "ofac_faq401_vectors.json");
        Assert.SkipUnless(File.Exists(path), "The FAQ 401 vectors are part of the development data, which is absent (STILLGATE_DATA).");
        using var vectors = JsonDocument.Parse(File.ReadAllBytes(path));
        var checkedCount = 0;

        foreach (var vector in vectors.RootElement.GetProperty("cases").EnumerateArray())
        {
            var ledger = new LedgerBuilder().Listed("X");
            foreach (var edge in vector.GetProperty("edges").EnumerateArray())
            {
                ledger.Holds(edge[0].GetString()!, edge[1].GetString()!, ShareRange.Exact(edge[2].GetDecimal() * 100));
            }

            var snapshot = ledger.Snapshot(LedgerBuilder.HalfOrMore);
            foreach (var expected in vector.GetProperty("expect").EnumerateObject())
            {
                Assert.Equal(expected.Value.GetBoolean() ? Standing.Restricted : Standing.Clear, snapshot.StandingOf(expected.Name));
                checkedCount++;
            }
        }

        Assert.Equal(13, checkedCount);
    }
}
