namespace Stillgate.Gateway.Authentication;

/// <summary>Finds whose key was presented. Called on the live path: it must not wait.</summary>
public interface IKeyDirectory
{
    /// <summary>Looks a key up.</summary>
    /// <param name="presented">The key as the client sent it.</param>
    /// <returns>Whose it is, or null where it is unknown or revoked.</returns>
    ApiKey? Find(ReadOnlySpan<char> presented);

    /// <summary>Stands for the keys as they are now: another object as soon as any of them changes. What was found under one holds only under it.</summary>
    object Snapshot { get; }
}
