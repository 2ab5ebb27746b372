using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Stillgate.Gateway.Controls;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Filtering;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>How fine and how long an embedding leaves.</summary>
public sealed class EmbeddingControlTests
{
    private const string Path = "/v1/embeddings";
    private static readonly float[] Vector = [0.123456789f, -0.987654321f, 0f, 1e-30f, 3.4e38f];
    private static readonly ControlOptions Rounding = new() { EmbeddingPrecision = ControlMode.On, EmbeddingBits = 6, EmbeddingDimensions = ControlMode.On, EmbeddingDimensionsMax = 64 };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_Answer_IsRoundedInEitherEncoding(bool base64)
    {
        var (seen, vector, response, record) = await AskAsync(Rounding, base64, """{"model":"m","input":"a","dimensions":1024}""");

        Assert.Equal("""{"model":"m","input":"a","dimensions":64}""", seen);
        Assert.Equal(Vector.Select(new EmbeddingFilter(6).Round), vector);
        Assert.NotEqual(Vector, vector);
        Assert.All(Vector.Zip(vector), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= Math.Abs(pair.First) / 64, $"{pair.First} became {pair.Second}"));
        Assert.Equal("rounded:embedding_bits=6, capped:dimensions=64", response.Headers.GetValues("stillgate-changes").Single());
        Assert.Equal(["rounded:embedding_bits=6", "capped:dimensions=64", "rounded:embedding_values=5"], record.Changes!);
    }

    [Theory]
    [InlineData("""{"model":"m","input":"a"}""", """{"model":"m","input":"a","dimensions":64}""")]
    [InlineData("""{"model":"m","input":"a","dimensions":64}""", """{"model":"m","input":"a","dimensions":64}""")]
    [InlineData("""{"model":"m","input":"a","dimensions":"x"}""", """{"model":"m","input":"a","dimensions":64}""")]
    public async Task On_Dimensions_AreAskedForWithinTheBound(string request, string expected) =>
        Assert.Equal(expected, (await AskAsync(Rounding with { EmbeddingPrecision = ControlMode.Off }, base64: false, request)).Seen);

    [Fact]
    public async Task Observe_Answer_PassesUntouched()
    {
        var (seen, vector, response, record) = await AskAsync(Rounding with { EmbeddingPrecision = ControlMode.Observe, EmbeddingDimensions = ControlMode.Observe }, base64: true, """{"model":"m","input":"a"}""");

        Assert.Equal("""{"model":"m","input":"a"}""", seen);
        Assert.Equal(Vector, vector);
        Assert.False(response.Headers.Contains("stillgate-changes"));
        Assert.Equal(["observed:embedding_bits=6", "observed:dimensions=64"], record.Changes!);
    }

    [Theory]
    [InlineData("""{"data":[{"embedding":"not base64!"}]}""")]
    [InlineData("""{"data":[{"embedding":"AAA="}]}""")]
    [InlineData("""{"data":[{"embedding":["x"]}]}""")]
    public void Body_NoVector_DoesNotPass(string body) =>
        Assert.Throws<AnswerFilterException>(() => new EmbeddingFilter(8).FilterBody(Encoding.UTF8.GetBytes(body), new ArrayBufferWriter<byte>()));

    [Fact]
    public void Round_AllBits_ChangesNothing() => Assert.Equal(Vector, Vector.Select(new EmbeddingFilter(EmbeddingFilter.BitsMax).Round));

    private static async Task<(string Seen, float[] Vector, HttpResponseMessage Response, ExchangeRecord Record)> AskAsync(ControlOptions controls, bool base64, string request)
    {
        var seen = "";
        JsonNode embedding = base64
            ? Convert.ToBase64String(MemoryMarshal.AsBytes(Vector.AsSpan()))
            : new JsonArray([.. Vector.Select(value => JsonValue.Create(value))]);
        var body = new JsonObject { ["object"] = "list", ["data"] = new JsonArray(new JsonObject { ["index"] = 0, ["embedding"] = embedding }) }.ToJsonString();
        await using var provider = await FakeProvider.StartAsync(async context =>
        {
            using var reader = new StreamReader(context.Request.Body);
            seen = await reader.ReadToEndAsync();
            context.Response.ContentType = "application/json";
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(body));
        });
        await using var gateway = await RunningGateway.StartAsync(
            provider.Address, options => options with { Controls = controls, Providers = [options.Providers[0] with { Dialects = Dialects.Answering }] });
        using var response = await gateway.SendAsync(Path, request);
        var answer = JsonElement.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).GetProperty("data")[0].GetProperty("embedding");
        var vector = base64
            ? MemoryMarshal.Cast<byte, float>(answer.GetBytesFromBase64()).ToArray()
            : [.. answer.EnumerateArray().Select(value => value.GetSingle())];
        return (seen, vector, response, await gateway.Records.NextAsync());
    }
}
