using System.Globalization;
using Stillgate.Parties.Places;

namespace Stillgate.Tests.Parties.Places;

/// <summary>Makes places files of invented sources in a folder of its own.</summary>
internal sealed class PlacesBuilder : IDisposable
{
    public static readonly DateTimeOffset Built = DateTimeOffset.Parse("2026-11-24T00:00:00Z", CultureInfo.InvariantCulture);

    private readonly TemporaryFolder _folder = new();
    private readonly List<PlaceSourceFiles> _sources = [];

    public string File => Path.Combine(_folder.Path, "places.idx");

    public string Write(string name, string content)
    {
        var path = Path.Combine(_folder.Path, name);
        System.IO.File.WriteAllText(path, content);
        return path;
    }

    public PlacesBuilder Add(string name, PlaceSays says, string basis, params string[] lines) =>
        AddFiles(name, says, basis, Write(name + (says is PlaceSays.Country or PlaceSays.Network ? ".csv" : ".txt"), string.Join('\n', lines)));

    public PlacesBuilder AddFiles(string name, PlaceSays says, string basis, params string[] files)
    {
        _sources.Add(new PlaceSourceFiles { Name = name, Says = says, Basis = basis, Origin = "test", Version = "1", Licence = "CC0-1.0", Files = files });
        return this;
    }

    public PlacesIndex Build()
    {
        Replace();
        return PlacesIndex.Open(File);
    }

    public void Replace() => PlacesFile.Replace(File, _sources, Built, progress: null);

    public void Dispose() => _folder.Dispose();
}
