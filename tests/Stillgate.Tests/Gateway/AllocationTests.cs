using System.Net;
using System.Text;
using System.Text.Json;
using Stillgate.Gateway.Authentication;
using Stillgate.Gateway.Decisions;
using Stillgate.Parties.Places;
using Stillgate.Parties.Registry;
using Stillgate.Policy.Facts;
using Stillgate.Policy.Live;
using Stillgate.Policy.Rules;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;
using Stillgate.Protocol.Responses;
using Stillgate.Protocol.Streaming;
using Stillgate.Tests.Parties.Places;
using Stillgate.Tests.Policy;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Bytes allocated on the live path, against <c>eng/alloc-budgets.json</c>.</summary>
public sealed class AllocationTests
{
    private const int Repeats = 2000;

    [Fact]
    public void SseChunk_Taken_StaysWithinItsBudget()
    {
        var parser = new SseParser();
        var accumulator = ResponseAccumulator.Create(Dialects.OpenAiChat);
        var chunk = """data: {"id":"c1","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}]}"""u8.ToArray();
        byte[] bytes = [.. chunk, (byte)'\n', (byte)'\n'];

        Check("sse chunk parsed and taken", () =>
        {
            ReadOnlySpan<byte> input = bytes;
            while (parser.TryRead(ref input, out var sse))
            {
                accumulator.TakeEvent(sse);
            }
        });
    }

    [Fact]
    public void Key_Found_StaysWithinItsBudget()
    {
        var secret = new byte[32];
        var directory = new KeyDirectory(secret, open: false);
        directory.Replace([KeyValuePair.Create(KeyHash.Of(secret, "sg-key"), new ApiKey("key-1", "acc-1", null))]);

        Check("key found", () => Assert.NotNull(directory.Find("sg-key")));
    }

    [Fact]
    public void Envelope_Parsed_StaysWithinItsBudget()
    {
        var body = Encoding.UTF8.GetBytes(Samples.StreamRequest);

        Check("envelope parsed", () => EnvelopeParser.Parse(Dialects.OpenAiChat, body, out _));
    }

    [Fact]
    public void Record_OfOneKilobyte_StaysWithinItsBudget()
    {
        var request = Encoding.UTF8.GetBytes($$"""{"model":"m","messages":[{"role":"user","content":"{{new string('x', 1000)}}"}]}""");
        EnvelopeParser.Parse(Dialects.OpenAiChat, request, out var envelope);
        var answer = Encoding.UTF8.GetBytes($$"""{"choices":[{"index":0,"message":{"content":"{{new string('y', 1000)}}"},"finish_reason":"stop"}]}""");

        Check("record composed, text of 1 kB", () =>
        {
            var accumulator = ResponseAccumulator.Create(Dialects.OpenAiChat);
            accumulator.TakeBody(answer);
            envelope!.ReadMessages(request, out _);
            accumulator.ToResponse();
        });
    }

    [Fact]
    public void Decision_OfAllPacksOnAKnownAccount_StaysWithinItsBudget()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "policies"), "*.yaml").Order(StringComparer.Ordinal);
        var policy = PolicyCompiler.TryCompile([.. files.Select(file => (Path.GetFileName(file), File.ReadAllText(file)))], out _)!;
        var book = DecisionBook.Build(policy, new PartyBook([]), [new AccountIdentity("acc-1", "org-1")], DateTimeOffset.MaxValue, CancellationToken.None)
            .WithEnforced(policy.RuleDefinitions.Select(rule => rule.Id).ToHashSet())
            .WithHolds([new ModelHold { Id = "hold-1", Model = "m-other", Reason = "test", From = DateTimeOffset.MinValue }]);
        var notes = new DecisionNotes();
        var request = new DecisionRequest("m-frontier", new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero), Dialects.OpenAiChat);

        Check("decision", () => Assert.NotNull(notes.Of(book.Decide("acc-1", "org-1", null, request)).Refusal));
    }

    [Fact]
    public void Decision_ThatAsksWhereARequestCameFrom_StaysWithinItsBudget()
    {
        using var builder = new PlacesBuilder();
        builder.Add("one", PlaceSays.Country, "one", "192.0.2.0,192.0.2.255,DE").Add("two", PlaceSays.Country, "two", "192.0.2.0,192.0.2.255,DE").Add("tor", PlaceSays.Tor, "tor", "192.0.2.32/28").Replace();
        using var index = PlacesIndex.Open(builder.File);
        var places = new PlaceBook(index);
        var policy = PolicySeed.Compile(PolicySeed.Rules(("r", "place.network == 'tor' || place.declared == 'differs'", "deny", "")));
        var book = DecisionBook.Build(
            policy, new PartyBook([PolicySeed.State("account", null, ("id", "acc-1"), ("country", "de"))]), [], DateTimeOffset.MaxValue, CancellationToken.None).WithEnforced(new HashSet<string> { "r" });
        var notes = new DecisionNotes();
        var (address, at) = (IPAddress.Parse("192.0.2.40"), new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero));

        Check("decision", () => Assert.NotNull(
            notes.Of(book.Decide("acc-1", null, null, new DecisionRequest("m", at, Dialects.OpenAiChat) { Place = places.At(address) })).Refusal));
    }

    internal static void Check(string name, Action act)
    {
        for (var i = 0; i < Repeats; i++)
        {
            act();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Repeats; i++)
        {
            act();
        }

        // A text that grows doubles its memory now and then: spread over the repeats that is below a byte an operation and more.
        Within(name, (double)(GC.GetAllocatedBytesForCurrentThread() - before) / Repeats);
    }

    internal static void Within(string name, double each)
    {
        using var budgets = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "eng", "alloc-budgets.json")));
        var budget = budgets.RootElement.GetProperty(name).GetDouble();
        Assert.True(Math.Floor(each) <= budget + 8, $"{name}: {each:0} bytes, budget {budget}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{name}: {each:0.0} bytes, budget {budget}");
    }
}
