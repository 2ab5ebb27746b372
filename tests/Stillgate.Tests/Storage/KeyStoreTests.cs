using Microsoft.Data.Sqlite;
using Stillgate.Gateway.Authentication;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Storage;
using Stillgate.Storage.Keys;
using Stillgate.Storage.Registrations;
using Xunit;

namespace Stillgate.Tests.Storage;

public sealed class KeyStoreTests
{
    [Fact]
    public void Create_ThenList_HoldsTheHashAndNotTheKey()
    {
        using var folder = new TemporaryFolder();
        var store = StoreFolder.Open(folder.Path);
        using var database = StillgateDatabase.Open(store);
        var keys = new KeyStore(database, store, TimeProvider.System);

        var made = keys.Create("acc-1", "org-1");
        var listed = Assert.Single(keys.List());

        Assert.Equal(("acc-1", "org-1", null), (listed.Account, listed.Organization, listed.RevokedAt));
        Assert.Equal(KeyHash.Of(store.Secret.Span, made.Secret), KeyHash.FromBytes(listed.Hash.Span));
        Assert.DoesNotContain(made.Secret, made.ToString(), StringComparison.Ordinal);
        foreach (var file in Directory.GetFiles(folder.Path))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(stream, System.Text.Encoding.Latin1);
            Assert.DoesNotContain(made.Secret, reader.ReadToEnd(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Revoke_Twice_SecondFindsNothing()
    {
        using var folder = new TemporaryFolder();
        var store = StoreFolder.Open(folder.Path);
        using var database = StillgateDatabase.Open(store);
        var keys = new KeyStore(database, store, TimeProvider.System);
        var id = keys.Create("acc-1", null).Key.Id;

        Assert.True(keys.Revoke(id));
        Assert.False(keys.Revoke(id));
        Assert.NotNull(keys.List().Single().RevokedAt);
    }

    [Fact]
    public void ForeignVersion_OtherConnectionCreatesKey_Changes()
    {
        using var folder = new TemporaryFolder();
        var store = StoreFolder.Open(folder.Path);
        using var database = StillgateDatabase.Open(store);
        using var other = StillgateDatabase.Open(StoreFolder.Open(folder.Path));
        var keys = new KeyStore(database, store, TimeProvider.System);
        var before = keys.ForeignVersion();

        new KeyStore(other, store, TimeProvider.System).Create("acc-1", null);

        Assert.NotEqual(before, keys.ForeignVersion());
        Assert.Single(keys.List());
    }

    [Fact]
    public void Add_SameKeyTwice_IsRefused()
    {
        using var folder = new TemporaryFolder();
        var store = StoreFolder.Open(folder.Path);
        using var database = StillgateDatabase.Open(store);
        var keys = new KeyStore(database, store, TimeProvider.System);
        keys.Add("acc-1", null, "sim-key");

        Assert.Throws<StoreException>(() => keys.Add("acc-2", null, "sim-key"));
    }

    [Fact]
    public void Registrations_ImportedTwice_LastStandsAndNothingIsLost()
    {
        using var folder = new TemporaryFolder();
        using var database = StillgateDatabase.Open(StoreFolder.Open(folder.Path));
        var registrations = new RegistrationStore(database);
        Assert.True(RegistrationLine.TryParse("""{"v":1,"account":"a","name":"Example Ltd","later":{"x":1}}"""u8, out var first, out _, out _));

        registrations.Import([first!, new RegistrationRecord { Account = "b" }]);
        registrations.Import([first! with { Plan = "scale" }]);

        Assert.Equal(2, registrations.List().Count);
        var found = registrations.Find("a")!;
        Assert.Equal(("Example Ltd", "scale"), (found.Name, found.Plan));
        Assert.Equal(["later"], found.Unknown!.Keys);
        Assert.Null(registrations.Find("c"));
    }

    [Fact]
    public void Database_OfANewerBuild_IsRefused()
    {
        using var folder = new TemporaryFolder();
        StillgateDatabase.Open(StoreFolder.Open(folder.Path)).Dispose();
        using (var connection = new SqliteConnection($"Data Source={folder.File("stillgate.db")};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version=99";
            command.ExecuteNonQuery();
        }

        var refusal = Assert.Throws<StoreException>(() => StillgateDatabase.Open(StoreFolder.Open(folder.Path)));
        Assert.Contains("newer build", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Secret_Damaged_IsRefused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("secret"), [1, 2, 3]);

        Assert.Throws<StoreException>(() => StoreFolder.Open(folder.Path));
    }
}
