namespace Stillgate.Storage;

/// <summary>
/// Says that one gateway writes to a store, as long as it lives: the system gives the hold up when the process ends, however that comes about. A second gateway would take
/// the first one's open log file for one that a killed process left, and repair it while it is being written. Commands that work on the store beside a running gateway need no hold.
/// </summary>
public sealed class StoreHold : IDisposable
{
    private readonly FileStream _file;

    private StoreHold(FileStream file) => _file = file;

    /// <summary>Takes the hold.</summary>
    /// <param name="store">The store's folder; it is made where it is not there yet.</param>
    /// <returns>The hold.</returns>
    /// <exception cref="StoreException">Another process has it, or the folder cannot be written to.</exception>
    public static StoreHold Take(string store)
    {
        var folder = StoreFolder.Open(store);
        try
        {
            return new StoreHold(new FileStream(Path.Combine(folder.Path, "gateway.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{store}: another gateway writes to this store, or its file gateway.lock cannot be opened; each gateway needs a store of its own: {cause.Message}", cause);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
