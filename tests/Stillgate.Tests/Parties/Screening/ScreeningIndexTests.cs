using Stillgate.Parties.Lists;
using Stillgate.Parties.Screening;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

/// <summary>The search proposes what the matcher would match, and a changed list is screened again only where that can matter.</summary>
public sealed class ScreeningIndexTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Rosoboroneksport", EntitySchema.Organization, "1")]
    [InlineData("ОАО Рособоронэкспорт", EntitySchema.Organization, "1")]
    [InlineData("Gadafi, Moammar", EntitySchema.Person, "2")]
    [InlineData("ICBC", EntitySchema.Organization, "3")]
    [InlineData("中国工商银行", EntitySchema.Organization, "4")]
    [InlineData("Nord Optic", EntitySchema.Unknown, "5")]
    public void Screen_NameWrittenOtherwise_FindsItsParty(string name, EntitySchema schema, string id)
    {
        var hits = Index("id,name,schema\n1,Rosoboronexport OJSC,Company\n2,Muammar Gaddafi,Person\n3,Industrial and Commercial Bank of China,Company\n4,中国工商银行股份有限公司,Company\n5,Nord Optics,\n6,Syd Optics,Company\n")
            .Screen(new ScreeningSubject("", name, schema, [], []), hitsMax: 5);

        Assert.Equal(id, hits[0].Entry.Id);
        Assert.True(hits[0].Result.IsMatch);
        Assert.NotEmpty(hits[0].Version.Sha256);
    }

    [Theory]
    [InlineData("田中誠", "Tanaka Makoto")]
    [InlineData("田中誠", "Tian Zhongcheng")]
    [InlineData("Makoto Tanaka", "田中誠")]
    public void Screen_NameInHanOfTwoReadings_IsFoundByBoth(string name, string listed) =>
        Assert.Single(Index($"id,name,schema\n1,{listed},Person\n2,Tanaka Hiroshi,Person\n").Screen(new ScreeningSubject("", name, EntitySchema.Person, [], []), hitsMax: 5));

    [Fact]
    public void Screen_Unlisted_HasNoHit() =>
        Assert.Empty(Index("id,name,schema\n1,Muammar Gaddafi,Person\n2,Nord Optics,Company\n").Screen(new ScreeningSubject("", "Greta Vestergaard", EntitySchema.Unknown, [], []), hitsMax: 5));

    [Fact]
    public void Screen_ManyThreads_GiveTheSameHits()
    {
        var index = Index("id,name,schema\n" + string.Join('\n', Enumerable.Range(0, 300).Select(at => $"{at},Nord Optics {at + 20} Oslo,Company")));
        var expected = index.Screen(new ScreeningSubject("", "Nord Optics 77", EntitySchema.Organization, [], []), hitsMax: 3).Select(hit => (hit.Entry.Id, hit.Result.Score)).ToArray();

        Parallel.For(0, 64, _ => Assert.Equal(expected, index.Screen(new ScreeningSubject("", "Nord Optics 77", EntitySchema.Organization, [], []), hitsMax: 3).Select(hit => (hit.Entry.Id, hit.Result.Score))));
    }

    [Fact]
    public void MayChange_OnlyWhereAnEntryCameWentOrChanged()
    {
        var before = Read("a.csv", "id,name,schema,source\n1,Nord Optics,Company,x\n2,Syd Lasers,Company,x\n");
        var after = Read("b.csv", "id,name,schema,source\n2,Syd Lasers,Company,x\n3,Vest Chips,Company,x\n");
        var rescreening = new Rescreening(ListDiff.Between(before, after), after);

        Assert.True(rescreening.MayChange(new ScreeningSubject("", "Nord Optics", EntitySchema.Organization, [], []), ["1"]));
        Assert.True(rescreening.MayChange(new ScreeningSubject("", "Vest Chips Ltd", EntitySchema.Organization, [], []), []));
        Assert.False(rescreening.MayChange(new ScreeningSubject("", "Syd Lasers", EntitySchema.Organization, [], []), ["2"]));
    }

    [Fact]
    public void MayChange_RealDelta_AgreesWithScreeningEveryoneAgain()
    {
        Assert.SkipWhen(Repository.Data is null, "STILLGATE_DATA is not there.");
        var before = ListFiles.Read(Path.Combine(Repository.Data!, "sanctions/us-ofac-2019-01/sdn.csv"), name: null, retrieved: null);
        var after = ListFiles.Read(Path.Combine(Repository.Data!, "sanctions/us-ofac-2021/sdn.csv"), name: null, retrieved: null);
        var (old, current, rescreening) = (ScreeningIndex.Build([before]), ScreeningIndex.Build([after]), new Rescreening(ListDiff.Between(before, after), after));
        var book = before.Entries.Where((_, at) => at % 60 == 0).Concat(after.Entries.Where((_, at) => at % 60 == 0)).Select(entry => new ScreeningSubject(entry.Id, entry.Names[0].Text, entry.Schema, [], [])).ToArray();

        // A hit list is cut at the candidates searched, so only the best hit is compared.
        var missed = book.Count(subject => Best(old, subject) is var was && Best(current, subject) is var now && was != now
            && !rescreening.MayChange(subject, old.Screen(subject, 50).Select(hit => hit.Entry.Id)));

        Assert.InRange(missed, 0, book.Length / 100);
    }

    private static string? Best(ScreeningIndex index, ScreeningSubject subject) => index.Screen(subject, hitsMax: 1) is [var hit] ? hit.Entry.Id : null;

    private ScreeningIndex Index(string text) => ScreeningIndex.Build([Read("list.csv", text)]);

    private ScreeningList Read(string name, string text) => ListFiles.Read(_folder.Write(name, text), name: null, retrieved: null);
}
