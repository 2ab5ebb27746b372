using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace Stillgate.Gateway.Authentication;

/// <summary>
/// The key that the last request of a connection presented, and whose it was: a client sends the same one again and again, and to
/// hash it each time would be a twentieth of what a request costs. Lives with the connection and holds only while no key changes.
/// </summary>
/// <param name="Presented">The key. The server itself holds the same characters for the connection's life.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Snapshot">The keys under which it was found.</param>
internal sealed record LastKey(string Presented, ApiKey Owner, object Snapshot)
{
    public static ApiKey? Find(HttpContext context, ReadOnlySpan<char> presented, IKeyDirectory keys)
    {
        // Requests of one HTTP/2 connection run side by side, and the connection's items are not made for that.
        if (context.Request.Protocol != "HTTP/1.1" || context.Features.Get<IConnectionItemsFeature>() is not { } connection)
        {
            return keys.Find(presented);
        }

        var snapshot = keys.Snapshot;
        if (connection.Items.TryGetValue(typeof(LastKey), out var item) && item is LastKey last && ReferenceEquals(last.Snapshot, snapshot) && last.Is(presented))
        {
            return last.Owner;
        }

        var found = keys.Find(presented);
        if (found is not null)
        {
            connection.Items[typeof(LastKey)] = new LastKey(presented.ToString(), found, snapshot);
        }

        return found;
    }

    public override string ToString() => Owner.Id;

    // In constant time: a proxy in front may put several clients on one connection.
    private bool Is(ReadOnlySpan<char> presented) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(presented), MemoryMarshal.AsBytes(Presented.AsSpan()));
}
