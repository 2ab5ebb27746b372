using Stillgate.Detection.Evidence;
using Xunit;

namespace Stillgate.Tests.Detection;

public sealed class EvidenceTests
{
    [Theory]
    [InlineData(10.0, 0.55)]
    [InlineData(19.0, 0.1)]
    [InlineData(1.0, 1.0)]
    public void PValue_AgainstNineteenControls_CountsThoseAtLeastAsHigh(double score, double expected)
    {
        var controls = ControlScores.Of(Enumerable.Range(1, 19).Select(value => (double)value), keep: 19);

        var p = controls.PValue(score);

        Assert.Equal(expected, p, precision: 12);
    }

    [Fact]
    public void PValue_BelowTheKeptScores_IsAnUpperBound()
    {
        var controls = ControlScores.Of(Enumerable.Range(1, 1000).Select(value => (double)value), keep: 50);

        Assert.Equal(1, controls.PValue(10));
        Assert.Equal(1.0 / 1001, controls.PValue(1001), precision: 12);
    }

    [Fact]
    public void Shipped_Calibration_IsLargeEnoughForItsBudgets()
    {
        var shipped = CalibrationSet.Shipped;

        Assert.True(shipped.GroupControls.PValue(double.MaxValue) <= shipped.GroupAlpha);
        Assert.Contains(shipped.AccountControls, peers => peers.Together.PValue(double.MaxValue) <= shipped.AccountAlpha);
        Assert.Equal(shipped.GroupModel.Features.Count, shipped.GroupModel.Weights.Count);
    }

    [Fact]
    public void Load_FileThatIsNoCalibration_IsRefusedByName()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "{\"version\":1}");

            var refusal = Assert.Throws<Stillgate.Protocol.ExchangeLog.LogFormatException>(() => CalibrationSet.Load(file));

            Assert.Contains(file, refusal.Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
