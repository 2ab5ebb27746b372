namespace Stillgate.Gateway.Limits;

/// <summary>Bounds the bytes of request bodies that are held at once by all requests together.</summary>
internal sealed class BufferBudget
{
    private long _held;

    public long HeldBytes => Interlocked.Read(ref _held);

    public bool TryTake(int bytes, long bytesMax)
    {
        if (Interlocked.Add(ref _held, bytes) <= bytesMax)
        {
            return true;
        }

        Interlocked.Add(ref _held, -bytes);
        return false;
    }

    public void Return(int bytes) => Interlocked.Add(ref _held, -bytes);
}
