using Stillgate.Storage;
using Xunit;

namespace Stillgate.Tests.Storage;

public sealed class StoreFolderTests
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    [Fact]
    public void Open_NewFolder_IsItsOwnersAloneAndOneThatIsThereKeepsItsRights()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no such rights.");
            return;
        }

        using var folder = new TemporaryFolder();
        var shared = folder.File("shared");
        Directory.CreateDirectory(shared, Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);

        StoreFolder.Open(folder.File("new"));
        StoreFolder.Open(shared);

        Assert.Equal(Owner, File.GetUnixFileMode(folder.File("new")));
        Assert.Equal(Owner | UnixFileMode.GroupRead | UnixFileMode.GroupExecute, File.GetUnixFileMode(shared));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(shared, "secret")));
    }

    [Fact]
    public void Open_StoreWhoseSecretIsGone_IsRefusedAndMakesNoOther()
    {
        using var folder = new TemporaryFolder();
        using (StillgateDatabase.Open(StoreFolder.Open(folder.Path)))
        {
        }

        File.Delete(folder.File("secret"));

        var refused = Assert.Throws<StoreException>(() => StoreFolder.Open(folder.Path));

        Assert.Equal($"{folder.File("secret")}: missing; every key in stillgate.db beside it depends on it, so restore the file from a backup", refused.Message);
        Assert.False(File.Exists(folder.File("secret")));
    }
}
