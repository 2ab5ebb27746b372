namespace Stillgate.Lab.Figures;

/// <summary>Collects the charts that lie beside a page.</summary>
/// <param name="page">The page's name, without its ending.</param>
internal sealed class ChartFiles(string page)
{
    private readonly List<(string Name, string Content)> _files = [];

    public IReadOnlyList<(string Name, string Content)> Files => _files;

    /// <summary>Adds a chart.</summary>
    /// <returns>Its file name.</returns>
    public string Add(string name, string svg)
    {
        _files.Add(($"{page}-{name}.svg", svg));
        return _files[^1].Name;
    }
}
