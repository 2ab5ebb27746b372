using System.Buffers;

namespace Stillgate.Gateway.Limits;

/// <summary>
/// A request's body, read once and held until its record is closed: the model must be known before a provider is chosen, and may
/// stand at the body's end. The memory is rented, and counted against a budget that all requests share.
/// </summary>
internal sealed class BodyBuffer(BufferBudget budget, long heldBytesMax) : IDisposable
{
    // A client that names a large length and sends nothing must not cost that memory.
    private const int FirstBytesMax = 1 << 20;
    private byte[] _bytes = [];
    private int _length;

    public ReadOnlyMemory<byte> Memory => _bytes.AsMemory(0, _length);

    public async ValueTask<BodyOutcome> FillAsync(Stream source, long? announcedBytes, int bytesMax, CancellationToken cancellation)
    {
        if (!TryGrow((int)Math.Min(announcedBytes + 1 ?? 4096, Math.Min(FirstBytesMax, bytesMax + 1L))))
        {
            return BodyOutcome.NoRoom;
        }

        while (true)
        {
            var read = await source.ReadAsync(_bytes.AsMemory(_length), cancellation);
            if (read == 0)
            {
                return BodyOutcome.Whole;
            }

            _length += read;
            if (_length > bytesMax)
            {
                return BodyOutcome.TooLarge;
            }

            if (_length == _bytes.Length && !TryGrow((int)Math.Min(_bytes.Length * 2L, bytesMax + 1L)))
            {
                return BodyOutcome.NoRoom;
            }
        }
    }

    public void Dispose()
    {
        var bytes = _bytes;
        (_bytes, _length) = ([], 0);
        if (bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(bytes);
            budget.Return(bytes.Length);
        }
    }

    private bool TryGrow(int wanted)
    {
        var larger = ArrayPool<byte>.Shared.Rent(wanted);
        if (!budget.TryTake(larger.Length, heldBytesMax))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }

        _bytes.AsSpan(0, _length).CopyTo(larger);
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            budget.Return(_bytes.Length);
        }

        _bytes = larger;
        return true;
    }
}
