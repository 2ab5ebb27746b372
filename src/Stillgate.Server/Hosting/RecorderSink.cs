using Stillgate.Gateway.Recorder;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Storage.ExchangeLog;

namespace Stillgate.Server.Hosting;

/// <summary>The queue as the gateway sees it: it accepts only while the log behind it can be written.</summary>
internal sealed class RecorderSink(ExchangeQueue queue, ExchangeLogWriter writer) : IExchangeSink
{
    public bool IsAccepting => queue.IsAccepting && !writer.IsFailing;

    public bool TryWrite(ExchangeRecord record) => queue.TryWrite(record);
}
