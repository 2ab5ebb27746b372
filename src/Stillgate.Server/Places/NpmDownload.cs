using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Stillgate.Parties.Places;

namespace Stillgate.Server.Places;

/// <summary>
/// Downloads packages with the <c>npm</c> program, so that the operator's registry, proxy and credentials apply. Nothing in a package is run: it is fetched as a file,
/// its hash is compared with the one that the registry publishes, and the files that were asked for are taken out.
/// </summary>
internal sealed class NpmDownload(string program, TimeProvider time)
{
    private const int NoticeCharsMax = 16_384;
    private const string Inside = "package/";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <exception cref="PlacesException">npm is missing or fails, the hash differs, or a file is not in the package.</exception>
    public async Task<NpmPackage> FetchAsync(string package, string? version, IReadOnlyList<string> files, string folder, CancellationToken cancellation)
    {
        var wanted = version is null ? package : $"{package}@{version}";
        using var described = Parse(wanted, await RunAsync(["view", wanted, "--json"], folder, cancellation).ConfigureAwait(false));
        var about = described.RootElement;
        var exact = Text(about, "version") ?? throw Wrong(wanted, "npm view tells no single version; expected an exact one");
        var integrity = about.ValueKind == JsonValueKind.Object && about.TryGetProperty("dist", out var dist) ? Text(dist, "integrity") : null;
        if (integrity?.StartsWith("sha512-", StringComparison.Ordinal) != true)
        {
            throw Wrong(wanted, $"the registry publishes {integrity ?? "no hash"}; expected a sha512 hash to verify by");
        }

        using var packed = Parse(wanted, await RunAsync(["pack", $"{package}@{exact}", "--json", "--ignore-scripts", "--pack-destination", folder], folder, cancellation).ConfigureAwait(false));
        var name = packed.RootElement is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() == 1 ? Text(list[0], "filename") : null;
        var archive = Path.Combine(folder, Path.GetFileName(name ?? throw Wrong(wanted, "npm pack names no file")));
        await VerifyAsync(wanted, archive, integrity, cancellation).ConfigureAwait(false);
        var (paths, notice) = await UnpackAsync(wanted, archive, files, Path.Combine(folder, Path.GetFileNameWithoutExtension(archive)), cancellation).ConfigureAwait(false);
        File.Delete(archive);
        return new NpmPackage(exact, Text(about, "license") ?? "none stated", integrity, notice, paths);
    }

    private static async Task VerifyAsync(string wanted, string archive, string integrity, CancellationToken cancellation)
    {
        if (!File.Exists(archive))
        {
            throw Wrong(wanted, "npm pack left no file");
        }

        await using var stream = File.OpenRead(archive);
        var hash = "sha512-" + Convert.ToBase64String(await SHA512.HashDataAsync(stream, cancellation).ConfigureAwait(false));
        if (!string.Equals(hash, integrity, StringComparison.Ordinal))
        {
            throw Wrong(wanted, $"the file that came has {hash}; the registry publishes {integrity}");
        }
    }

    private static async Task<(IReadOnlyList<string> Paths, string? Notice)> UnpackAsync(string wanted, string archive, IReadOnlyList<string> files, string folder, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        var notices = new List<string>();
        var found = new HashSet<string>(StringComparer.Ordinal);
        await using var stream = File.OpenRead(archive);
        await using var plain = new GZipStream(stream, CompressionMode.Decompress);
        await using var tar = new TarReader(plain);
        while (await tar.GetNextEntryAsync(copyData: false, cancellation).ConfigureAwait(false) is { } entry)
        {
            var name = entry.Name.StartsWith(Inside, StringComparison.Ordinal) ? entry.Name[Inside.Length..] : "";
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile) || entry.DataStream is not { } content)
            {
                continue;
            }

            // Only names that were asked for are written, so no name in the archive can lead out of the folder.
            if (files.Contains(name, StringComparer.Ordinal) && entry.Length <= PlacesFile.SourceFileBytesMax)
            {
                await using var file = File.Create(Path.Combine(folder, Path.GetFileName(name)));
                await content.CopyToAsync(file, cancellation).ConfigureAwait(false);
                found.Add(name);
            }
            else if (name.Contains("LICENSE", StringComparison.OrdinalIgnoreCase) && entry.Length <= NoticeCharsMax)
            {
                using var text = new StreamReader(content, leaveOpen: true);
                notices.Add($"{name}:\n{(await text.ReadToEndAsync(cancellation).ConfigureAwait(false)).Trim()}");
            }
        }

        return files.FirstOrDefault(file => !found.Contains(file)) is { } missing
            ? throw Wrong(wanted, $"holds no file '{missing}'")
            : ([.. files.Select(file => Path.Combine(folder, Path.GetFileName(file)))], notices.Count == 0 ? null : string.Join("\n\n", notices));
    }

    private async Task<string> RunAsync(string[] arguments, string folder, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        Process process;
        try
        {
            process = Process.Start(start) ?? throw Wrong(program, "did not start");
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw Wrong(program, $"cannot be started ({cause.Message}); packages are downloaded with npm, operator's files need none");
        }

        using (process)
        {
            try
            {
                var output = process.StandardOutput.ReadToEndAsync(stop.Token);
                var errors = process.StandardError.ReadToEndAsync(stop.Token);
                await process.WaitForExitAsync(stop.Token).ConfigureAwait(false);
                var text = await output.ConfigureAwait(false);
                return process.ExitCode == 0 ? text
                    : throw Wrong($"npm {arguments[0]} {arguments[1]}", $"exit {process.ExitCode}: {FirstError(await errors.ConfigureAwait(false))}");
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                cancellation.ThrowIfCancellationRequested();
                throw Wrong($"npm {arguments[0]} {arguments[1]}", $"no answer in {Patience.TotalMinutes:0} minutes");
            }
        }
    }

    private static string FirstError(string errors) =>
        errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(line => line.StartsWith("npm error", StringComparison.Ordinal) || line.StartsWith("npm ERR!", StringComparison.Ordinal)) ?? "no reason given";

    private static JsonDocument Parse(string wanted, string output)
    {
        try
        {
            return JsonDocument.Parse(output);
        }
        catch (JsonException)
        {
            throw Wrong(wanted, "npm's answer is not JSON");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static PlacesException Wrong(string what, string message) => new($"{what}: {message}");
}
