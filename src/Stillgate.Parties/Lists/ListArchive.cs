using System.Globalization;
using System.Text.Json;

namespace Stillgate.Parties.Lists;

/// <summary>
/// Keeps every version of every list that was ever screened against, as the files were, so that a verdict of years ago can be repeated. A folder a list, a folder a version in
/// it, named by the SHA-256 that verdicts carry. Nothing is ever changed or deleted here.
/// </summary>
/// <param name="root">The archive's folder; made when the first list is kept.</param>
public sealed class ListArchive(string root)
{
    private const string About = "version.json";
    private const int NameCharsMax = 64;

    /// <summary>Reads a list and keeps its files. A version that is there already stays as it is.</summary>
    /// <param name="path">The list's file; files that belong to it are kept with it.</param>
    /// <param name="name">The name under which its versions stand: letters, digits, <c>-</c> and <c>_</c>.</param>
    /// <param name="retrieved">When it was retrieved, or null for the file's modification time.</param>
    /// <returns>The list as it was read, and whether this version is new to the archive.</returns>
    /// <exception cref="ListFormatException">The file is no list, or the name is none.</exception>
    public (ScreeningList List, bool IsNew) Keep(string path, string name, DateTimeOffset? retrieved)
    {
        CheckName(name);
        var list = ListFiles.Read(path, name, retrieved);
        var folder = Path.Combine(root, name, list.Version.Sha256);
        if (Directory.Exists(folder))
        {
            return (list, false);
        }

        // Written aside and renamed, so that a version is there whole or not at all.
        var partial = folder + ".partial";
        Directory.CreateDirectory(partial);
        string[] files = list.Format.StartsWith("ofac", StringComparison.Ordinal) ? [path, .. OfacFormat.Companions(path).Where(File.Exists)] : [path];
        foreach (var file in files)
        {
            File.Copy(file, Path.Combine(partial, Path.GetFileName(file)), overwrite: true);
        }

        File.WriteAllText(Path.Combine(partial, About), JsonSerializer.Serialize(new Kept(Path.GetFileName(path), list.Version)));
        Directory.Move(partial, folder);
        return (list, true);
    }

    /// <summary>The versions of one list, or of all, the newest last.</summary>
    /// <param name="name">The list's name, or null.</param>
    public IReadOnlyList<ListVersion> Versions(string? name)
    {
        if (!Directory.Exists(root))
        {
            return [];
        }

        return [.. Directory.GetDirectories(root)
            .Where(list => name is null || Path.GetFileName(list) == name)
            .SelectMany(Directory.GetDirectories)
            .Where(folder => !folder.EndsWith(".partial", StringComparison.Ordinal))
            .Select(folder => ReadAbout(folder).Version)
            .OrderBy(version => version.Name, StringComparer.Ordinal).ThenBy(version => version.Retrieved).ThenBy(version => version.Sha256, StringComparer.Ordinal)];
    }

    /// <summary>Reads a version that was kept, and checks that its files still are what they were.</summary>
    /// <param name="reference"><c>NAME@HASH</c> with the first digits of the hash, <c>NAME@latest</c> or <c>NAME@previous</c>.</param>
    /// <exception cref="ListFormatException">There is no such version, several begin so, or its files were changed.</exception>
    public ScreeningList Read(string reference)
    {
        ArgumentNullException.ThrowIfNull(reference);
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        var (name, wanted) = at < 0 ? (reference, "latest") : (reference[..at], reference[(at + 1)..]);
        var versions = Versions(name);
        var found = wanted switch
        {
            "latest" => versions.Skip(versions.Count - 1),
            "previous" => versions.Skip(versions.Count - 2).Take(versions.Count >= 2 ? 1 : 0),
            _ => versions.Where(version => wanted.Length > 0 && version.Sha256.StartsWith(wanted, StringComparison.OrdinalIgnoreCase)),
        };
        if (found.ToArray() is not [var one])
        {
            throw new ListFormatException($"{reference}: expected one kept version; there are {(versions.Count == 0 ? $"none of '{name}'" : string.Join(", ", versions.Select(version => version.Sha256[..16])))}");
        }

        var folder = Path.Combine(root, name, one.Sha256);
        var list = ListFiles.Read(Path.Combine(folder, ReadAbout(folder).File), name, one.Retrieved);
        return list.Version.Sha256 == one.Sha256 ? list
            : throw new ListFormatException(string.Create(CultureInfo.InvariantCulture, $"{folder}: its files were changed since they were kept; they now have SHA-256 {list.Version.Sha256}"));
    }

    private static void CheckName(string name)
    {
        if (name.Length is 0 or > NameCharsMax || !name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_'))
        {
            throw new ListFormatException($"'{name}': expected a name of 1 to {NameCharsMax} letters, digits, '-' and '_'");
        }
    }

    private static Kept ReadAbout(string folder)
    {
        var path = Path.Combine(folder, About);
        try
        {
            return JsonSerializer.Deserialize<Kept>(File.ReadAllText(path)) ?? throw new ListFormatException($"{path}: is empty");
        }
        catch (Exception cause) when (cause is IOException or JsonException)
        {
            throw new ListFormatException($"{path}: cannot be read: {cause.Message}");
        }
    }

    private sealed record Kept(string File, ListVersion Version);
}
