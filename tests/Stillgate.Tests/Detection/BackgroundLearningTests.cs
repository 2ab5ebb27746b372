using Stillgate.Detection.Background;
using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Lab.Simulation;
using Stillgate.Lab.Simulation.Contrast;
using Stillgate.Lab.Simulation.Harvesting;
using Stillgate.Lab.Simulation.Population;
using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Tests.Lab;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>What is learnt from composed traffic: frameworks' prompts, and neither a hackathon's nor a ring's.</summary>
public sealed class BackgroundLearningTests
{
    private static readonly Lazy<Learned> Whole = new(() => Learn(double.PositiveInfinity));

    [Fact]
    public void Learn_FrameworksHackathonsAndRings_LearnsFrameworksAlone()
    {
        var learned = Whole.Value;

        var kinds = learned.UsesOf.Values.Select(uses => uses.GroupBy(use => learned.Labels[use.Key].Kind, use => use.Value).MaxBy(kind => kind.Sum())!.Key).ToArray();
        Assert.Contains("framework-app", kinds);
        Assert.DoesNotContain(kinds, kind => kind.StartsWith("hackathon", StringComparison.Ordinal));

        // Harvesters send common turns of phrase too. A ring's own wrapper stands in three tenths of its exchanges at the least, with the most cover.
        foreach (var ring in learned.Labels.Values.Where(label => label.Ring is not null).GroupBy(label => label.Ring, label => label.Account))
        {
            double all = ring.Sum(account => learned.ExchangesOf.GetValueOrDefault(account));
            Assert.All(learned.UsesOf.Values, uses => Assert.True(ring.Sum(account => uses.GetValueOrDefault(account)) <= 0.25 * all, $"{ring.Key}: {ring.Sum(account => uses.GetValueOrDefault(account))} of {all}"));
        }
    }

    [Fact]
    public void Learn_RingsInTheSameLog_AreStillNamed()
    {
        var snapshot = Whole.Value.Engine.Snapshot();

        // Of a log made of hard communities one may be named: a small one stands above all controls but one.
        var rings = snapshot.Campaigns.Count(campaign => campaign.Accounts.Count(account => Whole.Value.Labels[account].Harvest) * 2 > campaign.Accounts.Count);
        Assert.InRange(rings, 15, int.MaxValue);
        Assert.InRange(snapshot.Campaigns.Count - rings, 0, 1);
    }

    [Fact]
    public void Learn_LogCutAfterwards_LearnsTheSameAtTheSameMoment()
    {
        var whole = Whole.Value.Engine.LearntBackground;
        var half = whole[whole.Count / 2].LearntAt;

        var cut = Learn(half.ToUnixTimeMilliseconds()).Engine.LearntBackground;

        Assert.Equal(whole.Where(entry => entry.LearntAt <= half), cut);
    }

    [Fact]
    public void Save_WhatWasLearnt_IsSetAsideByTheNextAnalysis()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("background.json");
        var set = new BackgroundSet { Prompts = ["You work inside the Orrery harness."] }.With(Whole.Value.Engine.LearntBackground, SketchKey.Public.Id);
        set.Save(file);

        var read = BackgroundSet.Load(file);
        Assert.Equal((2, set.Learnt.Count), (read.Version, read.Learnt.Count));
        Assert.Same(read, read.With(Whole.Value.Engine.LearntBackground, SketchKey.Public.Id));
        var background = PromptBackground.Load(file, SketchKey.Public);
        Assert.All(Whole.Value.Engine.LearntBackground, entry => Assert.True(background.Contains(entry.Anchor)));

        var refused = read with { Refused = [read.Learnt[0].Anchor], Learnt = [] };
        Assert.DoesNotContain(refused.With(Whole.Value.Engine.LearntBackground, SketchKey.Public.Id).Learnt, entry => entry.Anchor == refused.Refused[0]);
        refused.Save(file);
        Assert.Contains(PromptBackground.Load(file, SketchKey.Public).Refused, anchor => BackgroundSet.Word(anchor) == refused.Refused[0]);
    }

    [Theory]
    [InlineData("""{"v":2}""", "v: expected")]
    [InlineData("""{"v":1,"colour":"red"}""", "not a background")]
    [InlineData("""{"v":1,"refused":["xyz"]}""", "refused[0]: expected 12 hexadecimal digits")]
    [InlineData("""{"v":1,"sketchKey":"k-other"}""", "sketchKey: the anchors were learnt under k-other")]
    public void Load_BadFile_IsRefusedByNameAndField(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("background.json");
        File.WriteAllText(file, text);

        var refusal = Assert.Throws<LogFormatException>(() => PromptBackground.Load(file, SketchKey.Public));

        Assert.StartsWith(file, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(expected, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Learn_UnderAnotherKey_IsRefused()
    {
        var set = new BackgroundSet().With([new LearntAnchor(1, Exchanges.Start, new IndependenceTally(20, 20, 0.5))], "k-one");

        Assert.Throws<LogFormatException>(() => set.With([], "k-two"));
    }

    private static Learned Learn(double untilMs)
    {
        var options = Composed.Options(seed: 30, scale: 0.01);
        var composition = new Composition(options, TextLibraryLoader.Load(options));
        // One framework whose users all deal with the same things, and one whose users each have things of their own: only the second can be learnt.
        FrameworkCast.Add(composition, 30);
        ContrastApps.AddFramework(composition, 60);
        HackathonCast.Add(composition, 60);
        new RingCast(composition).Add(120);
        var engine = new AnalysisEngine(new AnalysisOptions { Calibration = CalibrationSet.Shipped, RepeatFilterLog2Bits = 22 });
        foreach (var plan in composition.Plans)
        {
            engine.Register(plan.Identity.Registration);
        }

        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var usesOf = new Dictionary<ulong, Dictionary<string, long>>();
        var exchangesOf = new Dictionary<string, long>(StringComparer.Ordinal);
        long number = 0;
        foreach (var (plan, call, chance) in new PlanMerge(composition.Plans, options.Seed, 0, 1).Run(composition.End))
        {
            var exchange = new SketchedExchange();
            ExchangeReading.TryRead(ExchangeAssembler.Assemble(plan, call, ++number, chance), sketcher, exchange);
            if (exchange.AtMs > untilMs)
            {
                break;
            }

            engine.Observe(exchange);
            exchangesOf[exchange.Account] = exchangesOf.GetValueOrDefault(exchange.Account) + 1;
            foreach (var anchor in exchange.Content.Anchors.AsSpan(0, exchange.Content.AnchorCount))
            {
                var uses = usesOf.TryGetValue(anchor, out var known) ? known : usesOf[anchor] = [];
                uses[exchange.Account] = uses.GetValueOrDefault(exchange.Account) + 1;
            }
        }

        var learnt = engine.LearntBackground.Select(entry => entry.Anchor).ToHashSet();
        return new Learned(
            engine,
            composition.Plans.ToDictionary(plan => plan.Label.Account, plan => plan.Label, StringComparer.Ordinal),
            usesOf.Where(pair => learnt.Contains(pair.Key)).ToDictionary(pair => pair.Key, pair => pair.Value),
            exchangesOf);
    }

    private sealed record Learned(AnalysisEngine Engine, Dictionary<string, AccountLabel> Labels, Dictionary<ulong, Dictionary<string, long>> UsesOf, Dictionary<string, long> ExchangesOf);
}
