using Stillgate.Server.Commands;
using Stillgate.Storage;

namespace Stillgate.Server.Decisions;

/// <summary>A store, opened for one command.</summary>
internal static class OpenStore
{
    /// <summary>Opens a store that is there, acts on it and closes it.</summary>
    /// <exception cref="OperatorException">The folder is no store, or the store cannot be used.</exception>
    public static T With<T>(string path, Func<StillgateDatabase, StoreFolder, T> act) => With(path, StoreFolder.OpenExisting, act);

    /// <summary>The same for what may come before the first start of a gateway: a store that is not there is made, and whoever misspelled it is told so.</summary>
    /// <exception cref="OperatorException">The store cannot be used.</exception>
    public static T WithOrMake<T>(string path, Func<StillgateDatabase, StoreFolder, T> act) => With(path, StoreFolder.Open, (database, folder) =>
    {
        if (folder.IsNew)
        {
            Console.Error.WriteLine($"stillgate: {path}: a new store was made");
        }

        return act(database, folder);
    });

    private static T With<T>(string path, Func<string, StoreFolder> open, Func<StillgateDatabase, StoreFolder, T> act)
    {
        try
        {
            var folder = open(path);
            using var database = StillgateDatabase.Open(folder);
            return act(database, folder);
        }
        catch (StoreException cause)
        {
            throw new OperatorException(cause.Message);
        }
    }
}
