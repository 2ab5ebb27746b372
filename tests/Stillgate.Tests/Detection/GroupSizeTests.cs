using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Sketching;
using Xunit;

namespace Stillgate.Tests.Detection;

public sealed class GroupSizeTests
{
    /// <summary>A class of sixty that tries its assignment's prompt eight times each is not in bulk.</summary>
    [Theory]
    [InlineData(6, 10, false)]
    [InlineData(6, 20, true)]
    [InlineData(60, 8, false)]
    public void Observe_AccountsOnOnePrompt_AreMeasuredOnceTheyUseItInBulk(int accounts, int each, bool expected)
    {
        var measured = new Measured();
        var engine = new AnalysisEngine(new AnalysisOptions { Calibration = CalibrationSet.Shipped, Observer = measured });
        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        foreach (var record in Exchanges.InOrder(Exchanges.Ring(accounts, each)))
        {
            var exchange = new SketchedExchange { Id = record.Id, AtMs = record.At.ToUnixTimeMilliseconds(), Account = record.Account, Model = record.Model, Status = record.Status };
            sketcher.Sketch(record, exchange.Content);
            engine.Observe(exchange);
        }

        Assert.Equal(expected, measured.Groups > 0);
    }

    private sealed class Measured : IEvidenceObserver
    {
        public int Groups { get; private set; }

        public void GroupMeasured(ulong group, IReadOnlyList<string> members, double[] features, long exchanges) => Groups++;

        public void AccountMeasured(string account, int peerClass, int checkpoint, double[] features)
        {
        }
    }
}
