using System.Diagnostics;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Stillgate.Tests.Documentation;

/// <summary>A document that names folders, projects, files or commands is checked, or it will lie.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string[] Checked = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "SECURITY.md", "docs/README.md"];

    public static TheoryData<string> Documents => [.. Checked];

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_PathsAndProjects_Exist(string document)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, document));
        var folder = Path.GetDirectoryName(Path.Combine(Repository.Root, document))!;

        var missing = CodeSpan().Matches(text).Select(match => match.Groups[1].Value).Where(LooksLikePath).Where(path => !ExistsFrom(Repository.Root, path))
            .Concat(Link().Matches(text).Select(match => match.Groups[1].Value).Where(path => !ExistsFrom(folder, path)))
            .Concat(Project().Matches(text).Select(match => match.Value).Where(project => !Directory.Exists(Path.Combine(Repository.Root, "src", project)) && !Directory.Exists(Path.Combine(Repository.Root, "tests", project))))
            .Distinct();

        Assert.Empty(missing);
    }

    [Theory]
    [MemberData(nameof(Documents))]
    public void Document_Commands_AreKnown(string document)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, document));
        var verbs = Server.Commands.StillgateCommand.Create().Subcommands.Select(command => command.Name).ToHashSet();

        var unknown = Command().Matches(text).Select(match => match.Groups[1].Value).Where(verb => !verbs.Contains(verb)).Distinct();

        Assert.Empty(unknown);
    }

    [Fact]
    public void Dependencies_EveryPackage_HasItsLine()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "dependencies.md"));
        var packages = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props"))
            .Descendants("PackageVersion").Select(package => package.Attribute("Include")!.Value).ToArray();

        Assert.DoesNotContain(packages, package => lines.Count(line => line.StartsWith($"| {package} |", StringComparison.Ordinal)) != 1);
        var documented = lines.SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => line.StartsWith('|')).Select(line => line.Split('|')[1].Trim()).ToArray();
        Assert.Equal(documented.Order(StringComparer.OrdinalIgnoreCase), documented);
        Assert.Empty(documented.Except(packages));
    }

    [Fact]
    public void Sources_Length_LeavesRoomToThink()
    {
        var lengths = Tracked().Where(file => file.StartsWith("src/", StringComparison.Ordinal) && file.EndsWith(".cs", StringComparison.Ordinal))
            .Select(file => (File: file, Lines: File.ReadLines(Path.Combine(Repository.Root, file)).Count()))
            .OrderBy(file => file.Lines).ToArray();

        Assert.DoesNotContain(lengths, file => file.Lines > 400);
        Assert.InRange(lengths[(int)(lengths.Length * 0.95)].Lines, 1, 300);
    }

    [Fact]
    public void TrackedFiles_NameNoMachineAndNoRegistry()
    {
        // Put together here, so that this file does not name what it forbids.
        string[] forbidden = ["/" + "work/", "/" + "root/", "api.nuget" + ".org", "registry.npmjs" + ".org", "deb.debian" + ".org", "pypi" + ".org"];

        var found = Tracked()
            .Where(file => !Binary.Contains(Path.GetExtension(file)))
            .Where(file => File.Exists(Path.Combine(Repository.Root, file)))
            .SelectMany(file => forbidden.Where(File.ReadAllText(Path.Combine(Repository.Root, file)).Contains).Select(word => $"{file}: {word}"));

        Assert.Empty(found);
    }

    private static readonly HashSet<string> Binary = [".png", ".gz", ".zst", ".bin", ".parquet", ".dll"];

    private static bool LooksLikePath(string span) =>
        PathShape().IsMatch(span) && !span.Contains("://", StringComparison.Ordinal) && !span.StartsWith("./artifacts", StringComparison.Ordinal);

    private static bool ExistsFrom(string folder, string path)
    {
        var full = Path.Combine(folder, path.TrimStart('/').Split('#')[0]);
        if (!path.Contains('*', StringComparison.Ordinal))
        {
            return File.Exists(full) || Directory.Exists(full);
        }

        var parent = Path.GetDirectoryName(full)!;
        return Directory.Exists(parent) && Directory.EnumerateFileSystemEntries(parent, Path.GetFileName(full)).Any();
    }

    private static string[] Tracked()
    {
        var start = new ProcessStartInfo("git") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, ArgumentList = { "ls-files", "--cached", "--others", "--exclude-standard" } };
        using var git = Process.Start(start)!;
        var output = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [GeneratedRegex(@"`([^`\n]+)`")]
    private static partial Regex CodeSpan();

    // A file of a known kind or a path with a slash, of plain characters only: no option, no address, no dialect name, no placeholder.
    [GeneratedRegex(@"^(\.?[\w.*-]+/)*[\w.*-]+\.(md|cs|sh|json|props|txt|slnx|mjs|css|js|svg|png|razor)$|^(\./)?(\.?[\w.-]+/)+[\w.-]*$")]
    private static partial Regex PathShape();

    [GeneratedRegex(@"(?:\]\(|(?:src|srcset)="")(?!https?:|#)([^)""\s]+)[)""]")]
    private static partial Regex Link();

    [GeneratedRegex(@"\bStillgate\.[A-Z][A-Za-z]+\b(?!\.)")]
    private static partial Regex Project();

    [GeneratedRegex(@"(?:\./)?\bstillgate ([a-z][a-z-]+)")]
    private static partial Regex Command();
}
