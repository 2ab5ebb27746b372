using Stillgate.Parties.Lists;
using Stillgate.Parties.Registry;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Parties.Registry;

public sealed class BookScreeningTests
{
    private static readonly DateTimeOffset Now = PolicySeed.Day("2026-06-01");

    [Fact]
    public void Screen_NewVersionOfAList_FindsClearsAndCarriesJudgementsOver()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("list.csv"), "id,name,schema\n77,Meridian Quarz Handelsgesellschaft,Organization\n78,Ostrava Lumen Holding,Organization\n");
        var list = ListFiles.Read(folder.File("list.csv"), null, Now);
        PartyStatement[] stated =
        [
            PolicySeed.State("party", null, ("id", "p-1"), ("name", "Meridian Quarz Handelsgesellschaft")),
            PolicySeed.State("party", null, ("id", "p-2"), ("name", "Blue Heron Bakery")),
            PolicySeed.State("party", null, ("id", "p-3"), ("name", "Ostrava Lumen Holding")),
            PolicySeed.State("screening", "2026-05-01", ("party", "p-3"), ("list", "l"), ("list_version", "old"), ("result", "confirmed"), ("entry", "78")),
        ];

        var made = BookScreening.Screen(new PartyBook(stated), list, "l", Now).ToArray();
        var again = BookScreening.Screen(new PartyBook([.. stated, .. made]), list, "l", Now.AddDays(1)).ToArray();

        Assert.Equal(["p-1 possible 77", "p-2 clear ", "p-3 confirmed 78"], made.Select(one => $"{one.Subject} {one.One("result")} {one.One("entry")}"));
        Assert.Equal(made.Select(one => one.One("result")), again.Select(one => one.One("result")));
        Assert.StartsWith(list.Version.Sha256[..16], made[0].One("list_version"), StringComparison.Ordinal);
    }
}
