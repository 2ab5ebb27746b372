using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Accounts at rest.</summary>
public sealed class AccountStateTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(700)]
    public void Rest_AfterEveryExchange_ChangesNothing(int exchanges)
    {
        var active = Account();
        var resting = Account();
        var chance = new Random(5);
        for (var i = 0; i < exchanges; i++)
        {
            var exchange = Drawn(i, chance);
            Observe(active, exchange);
            Observe(resting, exchange);
            resting.Rest();
        }

        Assert.True(resting.IsAtRest);
        Assert.Equal(AccountMeasurement.Measure(active), AccountMeasurement.Measure(resting));
        Assert.Equal(active.Exposure.Weight(4), resting.Exposure.Weight(4));
        Assert.Equal(Bytes(active), Bytes(resting));
    }

    [Fact]
    public void Rest_LightAccount_TakesSomeHundredBytes()
    {
        var account = Account();
        var chance = new Random(6);
        for (var i = 0; i < 14; i++)
        {
            Observe(account, Drawn(i, chance, anchorsMax: 8));
        }

        Assert.InRange(Bytes(account).Length, 200, 600);
    }

    [Fact]
    public void Read_CutState_IsRefused()
    {
        var account = Account();
        Observe(account, Drawn(0, new Random(7)));
        var bytes = Bytes(account);

        Assert.Throws<StateFormatException>(() =>
        {
            var reader = new StateReader(bytes.AsSpan(0, bytes.Length - 3));
            Account().Read(ref reader);
        });
    }

    private static AccountState Account() => new() { Index = 0, Account = "a", Registration = RegistrationFacts.Unknown };

    private static void Observe(AccountState account, SketchedExchange exchange)
    {
        account.ObserveExposure(exchange);
        account.Observe(exchange);
        for (var i = 0; i < exchange.Content.AnchorCount; i++)
        {
            account.UseAnchor(exchange.Content.Anchors[i]);
        }
    }

    private static SketchedExchange Drawn(int number, Random chance, int anchorsMax = 60)
    {
        var exchange = new SketchedExchange { Id = $"x-{number:D9}", Account = "a", AtMs = 1_780_000_000_000 + (number * 977_777L), Status = 200 };
        exchange.Content.ContentId = (ulong)chance.NextInt64(1L << 48);
        exchange.Content.ConversationId = (ulong)chance.Next(1, 5);
        exchange.Content.OutputTokenCount = chance.Next(2_000);
        exchange.Content.Cues = (Cues)chance.Next(1 << AccountState.CueCount);
        exchange.Content.AnchorCount = 4;
        for (var i = 0; i < 4; i++)
        {
            exchange.Content.Anchors[i] = (ulong)chance.Next(1, anchorsMax);
        }

        for (var i = 0; i < SketchedExchange.EmbeddingLength; i++)
        {
            exchange.Content.Embedding[i] = (sbyte)chance.Next(-60, 60);
        }

        return exchange;
    }

    private static byte[] Bytes(AccountState account)
    {
        var writer = new StateWriter();
        account.Write(writer);
        return writer.Written.ToArray();
    }
}
