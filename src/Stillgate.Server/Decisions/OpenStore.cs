using Stillgate.Server.Commands;
using Stillgate.Storage;

namespace Stillgate.Server.Decisions;

/// <summary>A store, opened for one command.</summary>
internal static class OpenStore
{
    /// <summary>Opens a store, acts on it and closes it.</summary>
    /// <exception cref="OperatorException">The store cannot be used.</exception>
    public static T With<T>(string path, Func<StillgateDatabase, StoreFolder, T> act)
    {
        try
        {
            var folder = StoreFolder.Open(path);
            using var database = StillgateDatabase.Open(folder);
            return act(database, folder);
        }
        catch (StoreException cause)
        {
            throw new OperatorException(cause.Message);
        }
    }
}
