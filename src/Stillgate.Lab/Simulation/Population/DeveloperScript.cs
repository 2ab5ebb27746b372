using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>
/// A developer with an agent: sessions in human hours (median five of the person's turns, heavy-tailed), and within a turn a loop
/// of tool calls at a machine's pace, each of which sends the grown context again.
/// </summary>
internal sealed record DeveloperScript
{
    private const int ContextMessagesMax = 22;
    private const int SessionCallsMax = 60;

    public required Harness Harness { get; init; }

    public required LanguageTexts Texts { get; init; }

    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    public required int ZoneHours { get; init; }

    public required int SessionCount { get; init; }

    /// <summary>When sessions start; agents that run unattended start them at any hour.</summary>
    public DayRhythm Rhythm { get; init; } = DayRhythm.Human;

    public IEnumerable<Call> Run(Chance chance)
    {
        var starts = Enumerable.Range(0, SessionCount).Select(_ => Rhythm.Draw(From, To, ZoneHours, chance)).ToArray();
        Array.Sort(starts);
        var last = From;
        foreach (var start in starts)
        {
            var at = start > last ? start : last.AddSeconds(30);
            foreach (var (gap, content) in Session(chance))
            {
                at = at.AddSeconds(gap);
                yield return new Call(at, content);
            }

            last = at;
        }
    }

    private IEnumerable<(double Gap, Content Content)> Session(Chance chance)
    {
        var turns = Math.Clamp((int)Math.Round(chance.LogNormal(5, 0.9)), 1, 91);
        var head = new ChatMessage("system", Harness.System + $"\nWorking directory: /home/{CodeSnippets.Name(chance)}");
        var context = new List<ChatMessage> { head };
        var calls = 0;
        for (var turn = 0; turn < turns && calls < SessionCallsMax; turn++)
        {
            context.Add(new ChatMessage("user", Request(chance)));
            var steps = chance.HeavyTail(0.9, 14);
            for (var step = 0; step < steps; step++)
            {
                var isLast = step == steps - 1;
                var answer = isLast ? Texts.Answer(chance) : $"[tool_call] {chance.Pick(Harness.Tools)} {CodeSnippets.Path(chance)}";
                var gap = step > 0 ? 2 + chance.LogNormal(4, 0.7) : turn > 0 ? PersonScript.Gap(chance) : 0;
                yield return (gap, Step(context, answer, isLast, opens: calls++ == 0));
                context.Add(new ChatMessage("assistant", answer));
                if (!isLast)
                {
                    context.Add(new ChatMessage("tool", "[tool_result] " + CodeSnippets.ToolResult(chance)));
                }
            }

            Compact(context, chance);
        }
    }

    private Content Step(List<ChatMessage> context, string answer, bool isLast, bool opens) => new()
    {
        Messages = [.. context],
        Settings = new RequestSettings { Stream = true, MaxOutputTokens = 8192, Tools = Harness.Tools },
        Answer = answer,
        ReasoningTokens = isLast ? 0 : 40,
        Opens = opens,
    };

    // Harnesses fold an overlong context into a summary; this also bounds the size of a line.
    private void Compact(List<ChatMessage> context, Chance chance)
    {
        if (context.Count > ContextMessagesMax)
        {
            context.RemoveRange(1, context.Count - 1);
            context.Add(new ChatMessage("user", $"This session is being continued from a previous one that ran out of context. Summary: {Texts.Answer(chance)}"));
        }
    }

    private string Request(Chance chance) => chance.Below(6) switch
    {
        0 => $"fix the failing test in {CodeSnippets.Path(chance)}",
        1 => $"why does {CodeSnippets.Name(chance)} return null?\n\n{CodeSnippets.Draw(chance)}",
        2 => $"add an option to {CodeSnippets.Name(chance)} for {Texts.Fill("topic", chance)}",
        3 => Texts.Render(chance.Pick(Texts.FollowUps), chance),
        4 => $"refactor {CodeSnippets.Path(chance)} so that {CodeSnippets.Name(chance)} can be reused",
        _ => $"{Texts.Fill("ask", chance)} ({CodeSnippets.Path(chance)})",
    };
}
