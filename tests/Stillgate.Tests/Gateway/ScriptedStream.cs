using System.Threading.Tasks.Sources;

namespace Stillgate.Tests.Gateway;

/// <summary>
/// A provider's answer as a test gives it out: what has arrived is read at once, and a read of what has not arrived waits, one of no bytes too. It allocates
/// nothing, so that what its reader allocates can be counted.
/// </summary>
internal sealed class ScriptedStream : MemoryStream, IValueTaskSource<int>
{
    private readonly Queue<byte[]> _arrived = new();
    private ManualResetValueTaskSourceCore<int> _waiting;
    private Memory<byte> _into;
    private Exception? _failure;
    private bool _isWaiting;
    private bool _ended;

    public int ReadCount { get; private set; }

    public bool IsDisposed { get; private set; }

    public void Arrive(byte[] bytes)
    {
        _arrived.Enqueue(bytes);
        Wake();
    }

    public void End()
    {
        _ended = true;
        Wake();
    }

    public void Fail(Exception failure)
    {
        _failure = failure;
        Wake();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (_isWaiting)
        {
            throw new InvalidOperationException("Two reads at once.");
        }

        ReadCount++;
        if (_arrived.Count > 0 || _ended)
        {
            return new ValueTask<int>(Give(buffer));
        }

        if (_failure is not null)
        {
            return ValueTask.FromException<int>(_failure);
        }

        _waiting.Reset();
        (_isWaiting, _into) = (true, buffer);
        return new ValueTask<int>(this, _waiting.Version);
    }

    public int GetResult(short token) => _waiting.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _waiting.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _waiting.OnCompleted(continuation, state, token, flags);

    protected override void Dispose(bool disposing)
    {
        IsDisposed = true;
        base.Dispose(disposing);
    }

    private int Give(Memory<byte> buffer)
    {
        if (buffer.IsEmpty || _arrived.Count == 0)
        {
            return 0;
        }

        var bytes = _arrived.Dequeue();
        bytes.CopyTo(buffer);
        return bytes.Length;
    }

    private void Wake()
    {
        if (!_isWaiting)
        {
            return;
        }

        _isWaiting = false;
        if (_failure is not null)
        {
            _waiting.SetException(_failure);
        }
        else
        {
            _waiting.SetResult(Give(_into));
        }
    }
}
