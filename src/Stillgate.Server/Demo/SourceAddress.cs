using System.IO.Hashing;
using System.Net;
using System.Net.Sockets;

namespace Stillgate.Server.Demo;

/// <summary>
/// Gives each client address of the log a loopback address of its own, so that the gateway sees real connections from many
/// addresses without trusting any header. Addresses of one /24 stay in one /24.
/// </summary>
internal static class SourceAddress
{
    private const string Suffix = ".replayed.invalid";

    /// <summary>A host name that carries the source address, so that the connection pool keeps sources apart.</summary>
    public static string HostOf(string? ip) => LoopbackOf(ip).ToString() + Suffix;

    /// <summary>Connects to the gateway from the source that the host name carries.</summary>
    public static async ValueTask<Stream> ConnectAsync(IPEndPoint gateway, string host, CancellationToken stopping)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            // Only Linux lets a process use every address of 127.0.0.0/8; elsewhere all traffic comes from one.
            if (OperatingSystem.IsLinux())
            {
                socket.Bind(new IPEndPoint(IPAddress.Parse(host[..^Suffix.Length]), 0));
            }

            await socket.ConnectAsync(gateway, stopping);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static IPAddress LoopbackOf(string? ip)
    {
        if (!IPAddress.TryParse(ip, out var address))
        {
            return IPAddress.Loopback;
        }

        var bytes = address.GetAddressBytes();
        var block = bytes.AsSpan(0, address.AddressFamily == AddressFamily.InterNetwork ? 3 : 6);
        var hash = XxHash3.HashToUInt64(block);
        return new IPAddress([127, (byte)(1 + (hash % 250)), (byte)(hash >> 32), (byte)(1 + (bytes[^1] % 250))]);
    }
}
