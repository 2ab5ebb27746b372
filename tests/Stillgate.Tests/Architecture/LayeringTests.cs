using System.Reflection;
using Xunit;

namespace Stillgate.Tests.Architecture;

/// <summary>References point only along the path (docs/decisions/0001-projects-and-layers.md).</summary>
public sealed class LayeringTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Stillgate.Protocol"] = [],
        ["Stillgate.Parties"] = ["Stillgate.Protocol"],
        ["Stillgate.Policy"] = ["Stillgate.Protocol", "Stillgate.Parties"],
        ["Stillgate.Gateway"] = ["Stillgate.Protocol", "Stillgate.Parties", "Stillgate.Policy", "Stillgate.Journal"],
        ["Stillgate.Detection"] = ["Stillgate.Protocol", "Stillgate.Parties"],
        ["Stillgate.Storage"] = ["Stillgate.Protocol", "Stillgate.Parties"],
        ["Stillgate.Console"] = ["Stillgate.Protocol", "Stillgate.Parties", "Stillgate.Policy", "Stillgate.Detection"],
        ["Stillgate.Lab"] = ["Stillgate.Protocol", "Stillgate.Parties", "Stillgate.Detection"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_References_PointOnlyAlongThePath(string project)
    {
        var references = Assembly.Load(project).GetReferencedAssemblies()
            .Select(reference => reference.Name!)
            .Where(name => name.StartsWith("Stillgate", StringComparison.OrdinalIgnoreCase));

        Assert.Empty(references.Except(Allowed[project]));
    }

    [Fact]
    public void Sources_EveryProject_IsCoveredByThisTest()
    {
        var folders = Directory.GetDirectories(Path.Combine(Repository.Root, "src"), "Stillgate.*").Select(Path.GetFileName);

        Assert.Equal([.. Allowed.Keys.Append("Stillgate.Server").Order(StringComparer.Ordinal)], folders.Order(StringComparer.Ordinal));
    }
}
