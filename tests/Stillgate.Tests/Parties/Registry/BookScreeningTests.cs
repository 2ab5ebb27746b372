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

    [Fact]
    public void Screen_SinceTheVersionBefore_ScreensOnlyWhomTheChangeCanTouch()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("old.csv"), "id,name,schema\n77,Meridian Quarz Handelsgesellschaft,Organization\n78,Ostrava Lumen Holding,Organization\n");
        File.WriteAllText(folder.File("new.csv"), "id,name,schema\n78,Ostrava Lumen Holding,Organization\n79,Blue Heron Bakery,Organization\n");
        var (old, current) = (ListFiles.Read(folder.File("old.csv"), null, Now), ListFiles.Read(folder.File("new.csv"), null, Now.AddDays(30)));
        PartyStatement[] stated =
        [
            PolicySeed.State("party", null, ("id", "p-1"), ("name", "Meridian Quarz Handelsgesellschaft")),
            PolicySeed.State("party", null, ("id", "p-2"), ("name", "Blue Heron Bakery")),
            PolicySeed.State("party", null, ("id", "p-3"), ("name", "Ostrava Lumen Holding")),
            PolicySeed.State("party", null, ("id", "p-4"), ("name", "Quiet Harbour Ltd")),
        ];
        var first = BookScreening.Screen(new PartyBook(stated), old, "l", Now).ToArray();
        var renamed = PolicySeed.State("party", null, ("id", "p-4"), ("name", "Ostrava Lumen Holding")) with { RecordedAt = Now.AddDays(1), ValidFrom = Now.AddDays(1) };

        var second = BookScreening.Screen(new PartyBook([.. stated, .. first]), current, "l", Now.AddDays(30), old).ToArray();
        var third = BookScreening.Screen(new PartyBook([.. stated, .. first, renamed]), current, "l", Now.AddDays(30), old).ToArray();

        Assert.Equal(
            ["p-1 clear  anew", "p-2 possible 79 anew", "p-3 possible 78 repeated", "p-4 clear  repeated"],
            second.Select(one => $"{one.Subject} {one.One("result")} {one.One("entry")} {(BookScreening.IsRepeated(one) ? "repeated" : "anew")}"));
        Assert.All(second, one => Assert.StartsWith(current.Version.Sha256[..16], one.One("list_version"), StringComparison.Ordinal));
        Assert.Equal("possible 78", $"{third[3].One("result")} {third[3].One("entry")}");
    }
}
