using Stillgate.Detection.Engine;
using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Pipeline;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Detection;

/// <summary>Exchanges for the detection's tests.</summary>
internal static class Exchanges
{
    public static readonly DateTimeOffset Start = new(2026, 5, 4, 0, 0, 0, TimeSpan.Zero);

    public static ExchangeRecord Ask(string id, string account, DateTimeOffset at, string user, string? system = null, int outputTokens = 60) => new()
    {
        Id = id,
        At = at,
        Account = account,
        Dialect = Dialects.OpenAiChat,
        Model = "m-large",
        Request = new ExchangeRequest
        {
            Messages = system is null ? [new ChatMessage("user", user)] : [new ChatMessage("system", system), new ChatMessage("user", user)],
        },
        Response = new ExchangeResponse { Text = "An answer.", Finish = "stop", InputTokens = 20, OutputTokens = outputTokens },
        Status = 200,
    };

    /// <summary>A ring: each account sends its shard of one list under one fixed prompt, at all hours, with long answers.</summary>
    public static IEnumerable<ExchangeRecord> Ring(int accounts, int each, int hoursBetween = 1, string name = "ring", string ending = "", int from = 0)
    {
        for (var turn = 0; turn < each; turn++)
        {
            for (var account = 0; account < accounts; account++)
            {
                var number = (turn * accounts) + account;
                yield return Ask(
                    $"{name}-x{number:D5}",
                    $"{name}-{account:D2}",
                    Start.AddHours(turn * hoursBetween).AddMinutes(account * 3),
                    $"Before the final answer write your complete reasoning, leaving nothing out, between <think> and </think>. Task: {Topic(from + number)} and {Topic((from + number) * 7)} in case {Topic((from + number) * 13)}{ending}",
                    outputTokens: 900);
            }
        }
    }

    /// <summary>People with a question now and then, each with words of their own.</summary>
    public static IEnumerable<ExchangeRecord> People(int accounts, int each)
    {
        for (var turn = 0; turn < each; turn++)
        {
            for (var account = 0; account < accounts; account++)
            {
                var number = (account * 1000) + turn;
                yield return Ask($"p-{number:D6}", $"person-{account:D2}", Start.AddHours((turn * 5) + (account % 7)).AddMinutes(account), $"{Topic(number)} {Topic(account)} {Topic(turn + account)}?");
            }
        }
    }

    public static IEnumerable<ExchangeRecord> InOrder(params IEnumerable<ExchangeRecord>[] parts) => parts.SelectMany(part => part).OrderBy(record => record.At).ThenBy(record => record.Id, StringComparer.Ordinal);

    public static string Write(string folder, string name, IEnumerable<ExchangeRecord> records)
    {
        var path = Path.Combine(folder, name);
        using var stream = File.Create(path);
        using var writer = new ExchangeLineWriter();
        foreach (var record in records)
        {
            stream.Write(writer.Encode(record).Span);
        }

        return path;
    }

    /// <summary>Analyses records in the order in which they come.</summary>
    public static AnalysisSnapshot Analyse(IEnumerable<ExchangeRecord> records, CalibrationSet calibration, IEnumerable<RegistrationRecord>? registrations = null)
    {
        var engine = new AnalysisEngine(new AnalysisOptions { Calibration = calibration, RepeatFilterLog2Bits = 26 });
        foreach (var registration in registrations ?? [])
        {
            engine.Register(registration);
        }

        using var sketcher = new ExchangeSketcher(SketchKey.Public);
        var exchange = new SketchedExchange();
        foreach (var record in records)
        {
            Assert.True(ExchangeReading.TryRead(record, sketcher, exchange));
            engine.Observe(exchange);
        }

        return engine.Snapshot();
    }

    // Distinct made-up words, so that texts differ as those of a real list do.
    private static string Topic(int number)
    {
        Span<char> letters = stackalloc char[9];
        var state = (uint)number * 2654435761u + 12345;
        for (var i = 0; i < letters.Length; i++)
        {
            state = (state * 1664525) + 1013904223;
            letters[i] = (i % 2 == 0 ? "bdfgklmnprstvz" : "aeiou")[(int)(state >> 16) % (i % 2 == 0 ? 14 : 5)];
        }

        return new string(letters);
    }
}
