using Stillgate.Parties.Places;
using Stillgate.Server.Commands;
using Stillgate.Server.Configuration;

namespace Stillgate.Server.Places;

/// <summary>Reads the YAML that states the sources (docs/operations/places.md).</summary>
internal static class PlaceSourcesFile
{
    private static readonly string[] Classes = ["country", "network", "hosting", "vpn", "relay", "tor"];

    /// <exception cref="OperatorException">Everything that is wrong with it, a line each.</exception>
    public static IReadOnlyList<PlaceSourceSpec> Read(string path)
    {
        var problems = new List<ConfigProblem>();
        var specs = new List<PlaceSourceSpec>();
        if (ConfigFile.Load(path, problems) is { } node)
        {
            var root = new ConfigSection(node, path, "", problems);
            var sections = root.Sections("sources");
            specs.AddRange(sections.Select(section => ReadOne(section, Path.GetDirectoryName(Path.GetFullPath(path))!)).OfType<PlaceSourceSpec>());
            root.RejectUnknown();
            if (sections.Count == 0 && problems.Count == 0)
            {
                root.Reject("sources", "expected a list of one or more");
            }
        }

        return problems.Count == 0 ? specs : throw new OperatorException(string.Join("\nstillgate: ", problems));
    }

    private static PlaceSourceSpec? ReadOne(ConfigSection section, string folder)
    {
        var name = section.Text("name");
        var says = section.Choice("says", Classes);
        var basis = section.Text("basis");
        var package = section.Text("package");
        var files = section.Texts("files");
        var (version, licence) = (section.Text("version"), section.Text("licence"));
        section.RejectUnknown();
        Require(section, "name", name is not null, "expected a name of its own");
        Require(section, "says", says is not null, "expected one of " + string.Join(", ", Classes));
        Require(section, "files", files is { Count: > 0 }, "expected the files to read, of a package or on disk");
        if (package is null)
        {
            Require(section, "version", version is not null, "expected the version or the date of the files; it goes into every answer");
            Require(section, "licence", licence is not null, "expected the licence of the files");
        }
        else if (licence is not null)
        {
            section.Reject("licence", "a package states its own");
        }

        return name is null || says is null || files is not { Count: > 0 } ? null : new PlaceSourceSpec
        {
            Name = name,
            Says = Enum.Parse<PlaceSays>(says, ignoreCase: true),
            Basis = basis ?? name,
            Package = package,
            Version = version,
            Licence = licence,
            Files = package is null ? [.. files.Select(file => Path.Combine(folder, file))] : files,
        };
    }

    private static void Require(ConfigSection section, string name, bool isThere, string message)
    {
        // A setting of a wrong form was reported when it was read; only one that is absent is reported here.
        if (!isThere && !section.Has(name))
        {
            section.Reject(name, message);
        }
    }
}
