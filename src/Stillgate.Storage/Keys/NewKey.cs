namespace Stillgate.Storage.Keys;

/// <summary>A key at the one moment at which it can be seen.</summary>
/// <param name="Key">What is stored of it.</param>
/// <param name="Secret">The key itself, to be given to the customer; it is stored nowhere.</param>
public sealed record NewKey(StoredKey Key, string Secret)
{
    /// <summary>Prints the key's id alone.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => Key.Id;
}
