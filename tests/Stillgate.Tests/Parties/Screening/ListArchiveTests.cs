using Stillgate.Parties.Lists;
using Xunit;

namespace Stillgate.Tests.Parties.Screening;

public sealed class ListArchiveTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();

    private ListArchive Archive => new(_folder.File("archive"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Keep_TwoVersions_BothCanBeReadAgain()
    {
        var (first, isNew) = Keep("name\nVolga Metals\n", Monday);
        Keep("name\nVolga Metals\nDon Metals\n", Monday.AddDays(7));

        Assert.True(isNew);
        Assert.Equal([Monday, Monday.AddDays(7)], Archive.Versions("own").Select(version => version.Retrieved));
        Assert.Equal("Volga Metals", Assert.Single(Archive.Read("own@previous").Entries).Names[0].Text);
        Assert.Equal(2, Archive.Read("own@latest").Entries.Count);
        Assert.Equal(first.Version, Archive.Read("own@" + first.Version.Sha256[..8]).Version);
        Assert.Single(ListDiff.Between(Archive.Read("own@previous"), Archive.Read("own")).Added);
    }

    [Fact]
    public void Keep_SameFilesAgain_StaysAsItWas()
    {
        Keep("name\nVolga Metals\n", Monday);
        var (_, isNew) = Keep("name\nVolga Metals\n", Monday.AddDays(9));

        Assert.False(isNew);
        Assert.Equal(Monday, Assert.Single(Archive.Versions(null)).Retrieved);
    }

    [Fact]
    public void Read_FilesChangedSince_IsRefused()
    {
        var (list, _) = Keep("name\nVolga Metals\n", Monday);
        File.AppendAllText(Path.Combine(_folder.File("archive"), "own", list.Version.Sha256, "own.csv"), "Added Later\n");

        Assert.Contains("were changed since", Assert.Throws<ListFormatException>(() => Archive.Read("own@latest")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("own@previous")]
    [InlineData("own@ffff")]
    [InlineData("own@")]
    [InlineData("other@latest")]
    public void Read_NoSuchVersion_SaysWhichThereAre(string reference)
    {
        Keep("name\nVolga Metals\n", Monday);

        Assert.Contains("expected one kept version", Assert.Throws<ListFormatException>(() => Archive.Read(reference)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../own")]
    [InlineData("own@1")]
    public void Keep_NameThatIsNone_IsRefused(string name) =>
        Assert.Contains("expected a name", Assert.Throws<ListFormatException>(() => Archive.Keep(Write("name\nVolga\n"), name, Monday)).Message, StringComparison.Ordinal);

    private (ScreeningList List, bool IsNew) Keep(string content, DateTimeOffset retrieved) => Archive.Keep(Write(content), "own", retrieved);

    private string Write(string content)
    {
        var path = _folder.File("own.csv");
        File.WriteAllText(path, content);
        return path;
    }
}
