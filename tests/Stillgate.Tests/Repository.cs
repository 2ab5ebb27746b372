namespace Stillgate.Tests;

/// <summary>Where the checkout and the development data stand.</summary>
internal static class Repository
{
    /// <summary>The folder that holds <c>Stillgate.slnx</c>.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The development data, or null where it is absent; a test that needs it skips with that reason.</summary>
    public static string? Data { get; } = FindData();

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Stillgate.slnx")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run from inside the checkout.");
    }

    private static string? FindData()
    {
        var path = Environment.GetEnvironmentVariable("STILLGATE_DATA") ?? Path.Combine(Root, "..", "shared", "data");
        return Directory.Exists(path) ? Path.GetFullPath(path) : null;
    }
}
