using System.Net;
using System.Net.Sockets;

namespace Stillgate.Tests.Gateway;

/// <summary>
/// An address that answers no connection, neither yes nor no: a listener whose queue is full and who accepts nobody. The kernel then drops
/// what would begin another.
/// </summary>
internal sealed class FullListener : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly List<Socket> _waiting = [];

    public FullListener()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(0);
        Address = new Uri("http://" + _listener.LocalEndPoint);

        // How many a queue of length nought takes is the kernel's to say: fill it until one more is not taken. Those sockets stay as they are, so
        // that their places do too.
        for (var i = 0; i < 16; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            _waiting.Add(socket);
            if (!socket.ConnectAsync(_listener.LocalEndPoint!).Wait(TimeSpan.FromMilliseconds(100)))
            {
                return;
            }
        }

        throw new InvalidOperationException("The listener's queue could not be filled.");
    }

    public Uri Address { get; }

    public void Dispose()
    {
        _waiting.ForEach(socket => socket.Dispose());
        _listener.Dispose();
    }
}
