using System.Formats.Tar;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Stillgate.Parties.Places;
using Stillgate.Server.Places;
using Xunit;

namespace Stillgate.Tests.Parties.Places;

/// <summary>The update against a program that stands in for npm: it answers as npm does, or goes wrong in one way.</summary>
public sealed class NpmDownloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PlacesBuilder _builder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _folder.Dispose();
        _builder.Dispose();
    }

    [Fact]
    public async Task Update_FromAPackage_RecordsVersionLicenceHashAndNotice()
    {
        var npm = Npm(Archive(("package/data.csv", "192.0.2.0,192.0.2.255,DE"), ("package/NRO_LICENSE", "Please name the source.")), integrity: null);

        await UpdateAsync(npm);

        using var index = PlacesIndex.Open(_builder.File);
        var source = Assert.Single(index.Sources);
        Assert.Equal(("1.2.3", "CC0-1.0", "npm:@invented/places"), (source.Version, source.Licence, source.Origin));
        Assert.StartsWith("sha512-", source.Integrity, StringComparison.Ordinal);
        Assert.Contains("Please name the source.", source.Notice, StringComparison.Ordinal);
        Assert.Equal("DE", index.Lookup(IPAddress.Parse("192.0.2.1")).Leading.ToString());
    }

    [Fact]
    public async Task Update_HashDiffers_LeavesTheOldFile()
    {
        var npm = Npm(Archive(("package/data.csv", "192.0.2.0,192.0.2.255,DE")), integrity: "sha512-" + Convert.ToBase64String(SHA512.HashData("other"u8)));

        await FailsAsync(npm, "the registry publishes sha512-");
    }

    [Fact]
    public async Task Update_NoHashPublished_LeavesTheOldFile() =>
        await FailsAsync(Npm(Archive(("package/data.csv", "192.0.2.0,192.0.2.255,DE")), integrity: "sha1-abc"), "expected a sha512 hash");

    [Fact]
    public async Task Update_FileNotInThePackage_LeavesTheOldFile() =>
        await FailsAsync(Npm(Archive(("package/../data.csv", "192.0.2.0,192.0.2.255,DE")), integrity: null), "holds no file 'data.csv'");

    [Fact]
    public async Task Update_ContentIsWrong_LeavesTheOldFile() =>
        await FailsAsync(Npm(Archive(("package/data.csv", "<html>,not,found")), integrity: null), "line 1: '<html>' is no address");

    [Fact]
    public async Task Update_NpmFails_SaysItsFirstError() =>
        await FailsAsync(Script("echo 'npm warn something' >&2; echo 'npm error code E404' >&2; exit 1"), "npm error code E404");

    [Fact]
    public async Task Update_NpmAnswersNonsense_LeavesTheOldFile() => await FailsAsync(Script("echo hello"), "not JSON");

    [Fact]
    public async Task Update_NoNpm_SaysSo() => await FailsAsync(Path.Combine(_folder.Path, "absent"), "cannot be started");

    private async Task FailsAsync(string npm, string expected)
    {
        _builder.Add("old", PlaceSays.Country, "old", "192.0.2.0,192.0.2.255,FR").Replace();
        var before = await File.ReadAllBytesAsync(_builder.File, Cancellation);

        var failure = await Assert.ThrowsAsync<PlacesException>(() => UpdateAsync(npm));

        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_builder.File, Cancellation));
        Assert.False(File.Exists(_builder.File + PlacesFile.PreviousSuffix));
    }

    private async Task UpdateAsync(string npm)
    {
        var spec = new PlaceSourceSpec { Name = "places", Says = PlaceSays.Country, Basis = "one", Package = "@invented/places", Files = ["data.csv"] };
        await new PlacesUpdate(new NpmDownload(npm, TimeProvider.System), TimeProvider.System).RunAsync([spec], _builder.File, progress: null, Cancellation);
    }

    private string Npm(byte[] archive, string? integrity)
    {
        var file = Path.Combine(_folder.Path, "archive.tgz");
        File.WriteAllBytes(file, archive);
        var hash = integrity ?? "sha512-" + Convert.ToBase64String(SHA512.HashData(archive));
        return Script($$$"""
            if [ "$1" = view ]; then
              echo '{"name":"@invented/places","version":"1.2.3","license":"CC0-1.0","dist":{"integrity":"{{{hash}}}"}}'
            else
              [ "$2" = @invented/places@1.2.3 ] || exit 1
              cp '{{{file}}}' "$6/invented-places-1.2.3.tgz"
              echo '[{"filename":"invented-places-1.2.3.tgz"}]'
            fi
            """);
    }

    private string Script(string body)
    {
        var path = Path.Combine(_folder.Path, "npm");
        File.WriteAllText(path, "#!/bin/sh\n" + body + "\n");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The stand-in for npm is a shell script.");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        }

        return path;
    }

    private static byte[] Archive(params (string Name, string Content)[] entries)
    {
        using var bytes = new MemoryStream();
        using (var plain = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var tar = new TarWriter(plain, TarEntryFormat.Ustar))
        {
            foreach (var (name, content) in entries)
            {
                using var data = new MemoryStream(Encoding.UTF8.GetBytes(content));
                tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = data });
            }
        }

        return bytes.ToArray();
    }
}
