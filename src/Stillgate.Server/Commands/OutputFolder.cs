namespace Stillgate.Server.Commands;

/// <summary>Checks that a folder can be written before hours of work are put into what will go there.</summary>
internal static class OutputFolder
{
    /// <exception cref="OperatorException">The folder cannot be created or written.</exception>
    public static void Check(string folder)
    {
        var existed = Directory.Exists(folder);
        try
        {
            Directory.CreateDirectory(folder);
            var probe = Path.Combine(folder, ".stillgate-probe");
            File.WriteAllBytes(probe, []);
            File.Delete(probe);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"{folder}: cannot be written: {cause.Message}");
        }
        finally
        {
            // Nothing is left behind should the run fail later.
            if (!existed && Directory.Exists(folder) && !Directory.EnumerateFileSystemEntries(folder).Any())
            {
                Directory.Delete(folder);
            }
        }
    }
}
