using Stillgate.Detection.Accounts;
using Stillgate.Detection.Campaigns;
using Stillgate.Detection.Sketching;
using Stillgate.Detection.State;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>What a group's times say.</summary>
public sealed class GroupTimesTests
{
    private const long HourMs = 3_600_000;
    private const long DayMs = 24 * HourMs;
    private const long StartMs = 1_780_000_000_000;

    [Fact]
    public void Runs_TurnsThatAreDealtOut_AreBelowChance()
    {
        var times = Feed(Enumerable.Range(0, 800).Select(turn => turn % 8));

        Assert.True(times.Runs(Enumerable.Repeat(100, 8)) < -4);
    }

    [Fact]
    public void Runs_ShuffledTurns_AreAboutChance()
    {
        var chance = new Random(3);
        var turns = Enumerable.Range(0, 800).Select(turn => turn % 8).ToArray();
        chance.Shuffle(turns);

        Assert.InRange(Feed(turns).Runs(Enumerable.Repeat(100, 8)), -0.35, 0.35);
    }

    [Fact]
    public void Runs_PeopleInSittings_AreFarAboveChance()
    {
        var times = Feed(Enumerable.Range(0, 800).Select(turn => turn / 5 % 8));

        Assert.True(times.Runs(Enumerable.Repeat(100, 8)) > 1.5);
    }

    [Fact]
    public void Pivot_GroupThatMovesAtOnce_StandsOutFromEverybody()
    {
        var launches = new ModelLaunches();
        GroupTimes moving = new(), staying = new();
        for (var at = 0L; at < 4 * DayMs; at += HourMs / 60)
        {
            // From the third day on there is a new model; one in twenty of everybody's exchanges asks it, and half of the group's.
            var isNew = at >= 2 * DayMs;
            var minute = at / (HourMs / 60);
            launches.Observe(isNew && minute % 20 == 0 ? "new" : "old", StartMs + at);
            if (minute % 10 == 3)
            {
                var ofMoving = launches.Observe(isNew && minute % 20 == 3 ? "new" : "old", StartMs + at);
                moving.Observe((int)(minute % 7), ofMoving);
                staying.Observe((int)(minute % 7), launches.Observe("old", StartMs + at));
            }
        }

        Assert.Equal(1, launches.Launch);
        Assert.InRange(launches.Share!.Value, 0.05, 0.12);
        Assert.True(moving.Pivot(launches) > 1.5);
        Assert.Equal(0, staying.Pivot(launches));
    }

    [Fact]
    public void Launches_ModelOfTheFirstDayOrHardlyUsed_IsNoLaunch()
    {
        var launches = new ModelLaunches();
        for (var hour = 0; hour < 100; hour++)
        {
            launches.Observe(hour % 2 == 0 ? "old" : "other", StartMs + (hour * HourMs));
        }

        Assert.Equal(0, launches.Launch);
        launches.Observe("rare", StartMs + (101 * HourMs));
        launches.Observe("rare", StartMs + (102 * HourMs));

        Assert.Equal(1, launches.Launch);
        Assert.Null(launches.Share);
    }

    [Fact]
    public void TakeOver_SecondPoolAfterRefusals_IsItsShare()
    {
        var died = Enumerable.Range(0, 6).Select(index => Member(index, StartMs, StartMs + DayMs, refusedAtEnd: true));
        var warm = Enumerable.Range(6, 3).Select(index => Member(index, StartMs + DayMs + (2 * HourMs), StartMs + (2 * DayMs)));
        var steady = Enumerable.Range(9, 3).Select(index => Member(index, StartMs, StartMs + (2 * DayMs)));

        Assert.Equal(0.5, MemberTimes.TakeOver([.. died, .. warm, .. steady]), precision: 9);
        Assert.Equal(0, MemberTimes.TakeOver([.. warm, .. steady]));
    }

    [Fact]
    public void State_WrittenAndRead_IsTheSame()
    {
        var launches = new ModelLaunches();
        var times = Feed(Enumerable.Range(0, 50).Select(turn => turn % 3));
        for (var hour = 0; hour < 60; hour++)
        {
            times.Observe(hour % 3, launches.Observe(hour < 40 ? "old" : "new", StartMs + (hour * HourMs)));
        }

        ModelLaunches launchesRead = new();
        GroupTimes timesRead = new();
        var bytes = Bytes(launches, times);
        var reader = new StateReader(bytes);
        launchesRead.Read(ref reader);
        timesRead.Read(ref reader);

        Assert.True(reader.IsAtEnd);
        Assert.Equal(bytes, Bytes(launchesRead, timesRead));
        Assert.Equal(launches.Launch, launchesRead.Launch);
    }

    private static GroupTimes Feed(IEnumerable<int> turns)
    {
        var times = new GroupTimes();
        foreach (var turn in turns)
        {
            times.Observe(turn, default);
        }

        return times;
    }

    private static MemberStats Member(int index, long fromMs, long toMs, bool refusedAtEnd = false)
    {
        var member = new MemberStats { Account = new AccountState { Index = index, Account = $"a-{index}", Registration = RegistrationFacts.Unknown } };
        member.Observe(new SketchedExchange { Id = "x", Account = member.Account.Account, AtMs = fromMs, Status = 200 });
        member.Observe(new SketchedExchange { Id = "y", Account = member.Account.Account, AtMs = toMs, Status = refusedAtEnd ? 403 : 200 });
        return member;
    }

    private static byte[] Bytes(ModelLaunches launches, GroupTimes times)
    {
        var writer = new StateWriter();
        launches.Write(writer);
        times.Write(writer);
        return writer.Written.ToArray();
    }
}
