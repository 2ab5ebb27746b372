namespace Stillgate.Storage.Admin;

/// <summary>An admin key at the one moment at which it can be seen.</summary>
/// <param name="Key">What is stored of it.</param>
/// <param name="Secret">The key itself; it is stored nowhere.</param>
public sealed record NewAdminKey(StoredAdminKey Key, string Secret)
{
    /// <summary>Prints the key's id alone.</summary>
    /// <returns>The id.</returns>
    public override string ToString() => Key.Id;
}
