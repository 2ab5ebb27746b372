namespace Stillgate.Lab.Simulation.Texts;

/// <summary>Builds the library that the options ask for.</summary>
internal static class TextLibraryLoader
{
    public static TextLibrary Load(SimulationOptions options)
    {
        var library = new TextLibrary(options.Seed, options.Wrappers);
        var folder = options.DevelopmentFolder is { } root ? Path.Combine(root, "traffic", "dev") : null;
        var isPresent = folder is not null && Directory.Exists(folder);
        if (options.Texts == TextChoice.BuiltIn)
        {
            return library;
        }

        if (isPresent)
        {
            DevelopmentTexts.AddTo(library, folder!, options);
        }
        else if (options.Texts == TextChoice.Development || options.Sources.Count > 0)
        {
            throw new SimulationException("the development texts are absent: set STILLGATE_DATA to the folder that holds traffic/dev, or use --texts builtin");
        }

        return library;
    }
}
