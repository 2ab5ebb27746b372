using System.Threading.Channels;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Tests.Gateway;

/// <summary>Hands a test the records as they come, so that it waits for a record and not for a time.</summary>
internal sealed class RecordingObserver : IExchangeObserver
{
    private readonly Channel<ExchangeRecord> _records = Channel.CreateUnbounded<ExchangeRecord>();

    public void OnExchange(ExchangeRecord record) => _records.Writer.TryWrite(record);

    public async Task<ExchangeRecord> NextAsync()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await _records.Reader.ReadAsync(deadline.Token);
    }
}
