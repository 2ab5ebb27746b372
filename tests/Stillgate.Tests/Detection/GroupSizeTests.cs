using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Sketching;
using Xunit;

namespace Stillgate.Tests.Detection;

public sealed class GroupSizeTests
{
    /// <summary>Ten exchanges each say little of six accounts, and enough of twenty.</summary>
    [Theory]
    [InlineData(6, 10, false)]
    [InlineData(6, 20, true)]
    [InlineData(20, 12, true)]
    [InlineData(20, 8, false)]
    [InlineData(70, 8, true)]
    public void Observe_AccountsOnOnePrompt_AreMeasuredOnceTheyShowEnoughTogether(int accounts, int each, bool expected)
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
