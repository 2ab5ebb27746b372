using Stillgate.Lab.Simulation;
using Stillgate.Lab.Simulation.Harvesting;
using Stillgate.Lab.Simulation.Identities;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Lab;

/// <summary>Each kind of ring really has the property that it is named for.</summary>
public sealed class RingTests
{
    public static TheoryData<string> Kinds => [.. RingKinds.Drawn];

    private static Composed Log => Composed.Rings;

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Ring_OfEveryKind_IsThereWithFiveToTwoHundredAccounts(string kind)
    {
        var rings = Log.RingsOf(kind);

        Assert.NotEmpty(rings);
        Assert.All(rings, ring => Assert.InRange(ring.Count, 5, 200));
    }

    [Fact]
    public void FixedPrompt_OfOneLanguage_OpensEveryRequestAlike()
    {
        foreach (var ring in Log.RingsOf(RingKinds.FixedPrompt))
        {
            foreach (var language in ring.GroupBy(label => label.Wrapper))
            {
                var openings = language.SelectMany(label => Log.ByAccount[label.Account]).Select(exchange => exchange.Request.Messages![0].Content[..8]);
                Assert.Single(openings.Distinct());
            }
        }
    }

    [Fact]
    public void NoIdentifiers_BetweenMembers_ShareNoCardAddressOrMailDomain()
    {
        foreach (var ring in Log.RingsOf(RingKinds.NoIdentifiers))
        {
            var registrations = ring.Select(label => Log.Registrations[label.Account]).ToArray();
            AssertDistinct(registrations.Select(registration => registration.Payment!.Fingerprint!));
            AssertDistinct(registrations.Select(registration => registration.Email!.Split('@')[1]));
            AssertDistinct(ring.SelectMany(label => Log.ByAccount[label.Account].Select(exchange => exchange.Client!.Ip!).Distinct()));
        }
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.7)]
    public void Cover_OfAnAccount_IsWithinFiveHundredthsOfItsShare(double share)
    {
        var texts = BuiltInTexts.Of("en");
        var start = new DateTimeOffset(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);
        var account = new HarvestAccount
        {
            Library = new TextLibrary(1, WrapperHalf.All),
            Texts = texts,
            Harvest = new HarvestScript
            {
                User = SlotText.Settled("HARVEST {task}"),
                Style = "inline-trace",
                Tasks = BuiltInTexts.Tasks(texts, texts.Tasks, new Chance(1)),
                Texts = texts,
                Shard = new Shard(0, 1),
                Settings = new RequestSettings(),
            }.Contents,
            Shape = new ArrivalShape { PerDay = 200 },
            From = start,
            To = start.AddDays(3),
            LimitCount = 400,
            CoverShare = share,
        };

        var calls = account.Run(new Chance(9)).ToArray();

        Assert.True(calls.Length > 100);
        Assert.InRange(calls.Average(call => call.Content.Messages[0].Content.StartsWith("HARVEST", StringComparison.Ordinal) ? 0.0 : 1), share - 0.05, share + 0.05);
    }

    [Fact]
    public void Failover_SecondPool_StartsAfterTheFirstIsRefusedAndWithinHours()
    {
        foreach (var ring in Log.RingsOf(RingKinds.Failover))
        {
            var traffic = ring.Select(label => Log.ByAccount[label.Account].ToArray()).Where(exchanges => exchanges.Length > 0).ToArray();
            var refused = traffic.Where(exchanges => exchanges.Any(exchange => exchange.Status == 403)).ToArray();
            var second = traffic.Where(exchanges => exchanges.All(exchange => exchange.Status != 403) && exchanges[0].At > refused.Min(first => first[^1].At.AddHours(-12))).ToArray();
            var death = refused.SelectMany(exchanges => exchanges).Where(exchange => exchange.Status == 403).Min(exchange => exchange.At);

            Assert.NotEmpty(second);
            Assert.All(second, exchanges => Assert.True(exchanges[0].At > death.AddHours(-1)));
            Assert.True(second.Min(exchanges => exchanges[0].At) < death.AddHours(24));
            Assert.All(refused, exchanges => Assert.All(exchanges.SkipWhile(exchange => exchange.Status != 403), exchange => Assert.Equal(403, exchange.Status)));
        }
    }

    [Fact]
    public void Pivot_ADayAfterTheLaunch_HasHalfOfItsTrafficOnTheNewModel()
    {
        var launch = Log.Exchanges.Where(exchange => exchange.Model == ModelHabit.Launched).Min(exchange => exchange.At);
        var traffic = Log.RingsOf(RingKinds.Pivot).SelectMany(ring => ring).SelectMany(label => Log.ByAccount[label.Account]).ToArray();
        var after = traffic.Where(exchange => exchange.At > launch.AddHours(24)).ToArray();

        Assert.True(after.Length > 100);
        Assert.DoesNotContain(traffic, exchange => exchange.At < launch && exchange.Model == ModelHabit.Launched);
        Assert.InRange(after.Average(exchange => exchange.Model == ModelHabit.Launched ? 1.0 : 0), 0.45, 0.65);
    }

    [Fact]
    public void LowAndSlow_Account_StaysWithinThirtyADay()
    {
        foreach (var label in Log.RingsOf(RingKinds.LowAndSlow).SelectMany(ring => ring))
        {
            var exchanges = Log.ByAccount[label.Account].ToArray();
            if (exchanges.Length > 20)
            {
                // Bursts make single days exceed the mean rate; the mean is what the kind promises.
                Assert.InRange(exchanges.Length / Math.Max(1, (exchanges[^1].At - exchanges[0].At).TotalDays), 1, 45);
            }
        }
    }

    [Fact]
    public void Paraphrase_BetweenMembers_UsesSeveralWordings()
    {
        foreach (var ring in Log.RingsOf(RingKinds.Paraphrase))
        {
            Assert.True(ring.Select(label => label.Wrapper).Distinct().Count() > 1);
        }
    }

    [Fact]
    public void RawList_BetweenMembers_HasNoWrapperAndHardlyASharedPrompt()
    {
        foreach (var ring in Log.RingsOf(RingKinds.RawList))
        {
            var owners = ring.SelectMany(label => Log.ByAccount[label.Account].Select(exchange => (exchange.Request.Messages![^1].Content, label.Account)).Distinct())
                .GroupBy(pair => pair.Content).ToArray();

            Assert.All(ring, label => Assert.Null(label.Wrapper));
            Assert.True(owners.Count(owner => owner.Count() > 1) <= 0.25 * owners.Length);
        }
    }

    [Fact]
    public void Trajectory_Requests_GrowAndCarryToolResults()
    {
        var traffic = Log.RingsOf(RingKinds.Trajectory).SelectMany(ring => ring).SelectMany(label => Log.ByAccount[label.Account]).ToArray();

        Assert.Contains(traffic, exchange => exchange.Request.Messages!.Any(message => message.Content.StartsWith("[tool_result]", StringComparison.Ordinal)));
        Assert.True(traffic.Max(exchange => exchange.Request.Messages!.Count) > 6);
    }

    [Fact]
    public void Judge_Rings_UseJudgeWrappers() =>
        Assert.All(Log.RingsOf(RingKinds.Judge).SelectMany(ring => ring), label => Assert.Equal("judge", label.Style));

    [Theory]
    [InlineData(WrapperHalf.Tune, "tune")]
    [InlineData(WrapperHalf.Report, "report")]
    public void Wrappers_OfOneHalf_NeverComeFromTheOther(WrapperHalf half, string name)
    {
        var allowed = BuiltInTexts.All.SelectMany(texts => texts.Wrappers).Where(wrapper => wrapper.Half == name).Select(wrapper => wrapper.Id).ToHashSet();
        var labels = new TrafficSimulator(Composed.Options(seed: 2, scale: 0.05) with { HarvestShare = 0.5, Wrappers = half }).Labels;

        Assert.All(labels.Where(label => label.Wrapper is not null), label => Assert.Contains(label.Wrapper!, allowed));
    }

    [Fact]
    public void Rings_OnRequest_HaveTheAskedSizeAndNothingElse()
    {
        var options = Composed.Options(seed: 2, scale: 0.01) with { HarvestShare = 0, Rings = [RingRequest.Parse("fixed-prompt:17:0.3"), RingRequest.Parse("judge:5")] };

        var rings = new TrafficSimulator(options).Labels.Where(label => label.Harvest).GroupBy(label => label.RingKind!).ToDictionary(group => group.Key, group => group.Count());

        Assert.Equal(new Dictionary<string, int> { ["fixed-prompt"] = 17, ["judge"] = 5 }, rings);
    }

    [Theory]
    [InlineData("fixed-prompt")]
    [InlineData("unknown:5")]
    [InlineData("judge:0")]
    [InlineData("judge:5:1.5")]
    public void RingRequest_WrongForm_IsRefused(string text) => Assert.Throws<SimulationException>(() => RingRequest.Parse(text));

    [Fact]
    public void Shards_WithoutOverlap_AreDisjoint()
    {
        var parts = Enumerable.Range(0, 4).Select(number => new Shard(number, 4, First: 7).Indices(1_000, new Chance(1)).Take(200).ToArray()).ToArray();

        Assert.Equal(800, parts.SelectMany(part => part).Distinct().Count());
    }

    [Fact]
    public void Shards_WithOverlap_ShareAboutThatMuch()
    {
        var parts = Enumerable.Range(0, 4).Select(number => new Shard(number, 4, First: 0, Overlap: 0.2).Indices(100_000, new Chance((ulong)number)).Take(2_000).ToArray()).ToArray();
        var foreign = parts.Select((part, number) => part.Count(index => index % 4 != number) / 2_000.0).Average();

        Assert.InRange(foreign, 0.11, 0.19);
    }

    private static void AssertDistinct(IEnumerable<string> values)
    {
        var all = values.ToArray();
        Assert.Equal(all.Length, all.Distinct().Count());
    }
}
