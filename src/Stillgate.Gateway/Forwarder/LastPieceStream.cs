using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Http;

namespace Stillgate.Gateway.Forwarder;

/// <summary>
/// The answer as the copy reads it. The copy sends each piece at once, and the server then sends the end of the answer by itself. Where the provider's
/// end is known before its last piece has been given on, that piece is left in the server's hands instead, and goes out with the end: one write
/// where two would do.
/// </summary>
/// <param name="shown">What the client gets. Once the answer is over it has to give the rest without waiting.</param>
/// <param name="answer">The provider's answer at the bottom of it.</param>
/// <param name="response">The client's.</param>
internal sealed class LastPieceStream(Stream shown, ProviderStream answer, HttpResponse response) : AnswerStream
{
    // Pooled builder: a read that waits must not allocate, or every chunk would.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await shown.ReadAsync(buffer, cancellationToken);
        while (read > 0 && read < buffer.Length && answer.IsOver)
        {
            var more = await shown.ReadAsync(buffer[read..], cancellationToken);
            if (more == 0)
            {
                // What is written before the head is kept apart and copied once more behind it; to start sends nothing yet.
                await response.StartAsync(cancellationToken);
                response.BodyWriter.Write(buffer.Span[..read]);
                return 0;
            }

            read += more;
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            shown.Dispose();
        }

        base.Dispose(disposing);
    }
}
