using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Stillgate.Gateway.Limits;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>What the gateway itself refuses: the status, the dialect's own error shape, and a record.</summary>
public sealed class RefusalTests
{
    public static TheoryData<string, string> BadBodies => new()
    {
        { "{\"model\":\"m\",", "body_not_json" },
        { "", "body_not_json" },
        { "not json at all", "body_not_json" },
        { "[1,2]", "body_not_an_object" },
        { """{"model":"m","messages":[]} {}""", "body_not_json" },
        { """{"model":"m","messages":[],"model":"other"}""", "duplicate_member" },
        { """{"model":"m","messages":[],"\u006dodel":"other"}""", "duplicate_member" },
        { """{"model":"m","zzz":1,"zzz":2}""", "duplicate_member" },
        { """{"messages":[]}""", "no_model" },
        { """{"model":7,"messages":[]}""", "no_model" },
        { """{"model":"","messages":[]}""", "no_model" },
        { "{\"model\":\"m\",\"deep\":" + new string('[', 200) + new string(']', 200) + "}", "too_deep" },
        { "{\"model\":\"m\"" + string.Concat(Enumerable.Range(0, 300).Select(i => $",\"k{i}\":0")) + "}", "too_many_members" },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task Body_NotAcceptable_Gets400AndRecord(string body, string code)
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));

        using var response = await gateway.SendAsync(Samples.OpenAiPath, body);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(400, (int)response.StatusCode);
        Assert.Equal(code, await OpenAiCodeAsync(response));
        Assert.Equal(("refused", code, "acc-1", 400), (record.End, record.EndReason, record.Account, record.Status));
    }

    [Fact]
    public async Task Key_UnknownToOpenAiClient_Gets401InItsShape()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));

        using var response = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, "sg-nobody"));
        var record = await gateway.Records.NextAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("unknown_key", await OpenAiCodeAsync(response));
        Assert.Equal(("unauthenticated", "refused", "unknown_key"), (record.Account, record.End, record.EndReason));
        Assert.Null(record.Request.Messages);
    }

    [Fact]
    public async Task Key_MissingFromAnthropicClient_Gets401InItsShape()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));

        using var response = await gateway.SendAsync(RunningGateway.Request(Samples.AnthropicPath, Samples.Request, key: null));
        var error = await JsonAsync(response);

        Assert.Equal(401, (int)response.StatusCode);
        Assert.Equal("error", error.GetProperty("type").GetString());
        Assert.Equal("authentication_error", error.GetProperty("error").GetProperty("type").GetString());
        Assert.Equal("key_missing", (await gateway.Records.NextAsync()).EndReason);
    }

    [Fact]
    public async Task Key_Revoked_Gets401()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));
        gateway.Host.KeyStore.Revoke(gateway.Host.KeyStore.List().Single().Id);
        gateway.Host.ReloadKeys();

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal(401, (int)response.StatusCode);
    }

    [Fact]
    public async Task Key_AnyInOpenMode_AccountIsItsHash()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, shapeHost: host => host with { IsOpen = true });

        using var first = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, "one"));
        using var second = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, "one"));
        using var other = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, Samples.Request, "two"));
        string[] accounts = [(await gateway.Records.NextAsync()).Account, (await gateway.Records.NextAsync()).Account, (await gateway.Records.NextAsync()).Account];

        Assert.StartsWith("open-", accounts[0], StringComparison.Ordinal);
        Assert.Equal(2, accounts.Distinct().Count());
        Assert.DoesNotContain(accounts, account => account.Contains("one", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Body_OverTheLimit_Gets413InShape(bool announced)
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"), options => options with { Limits = new LimitOptions { BodyBytesMax = 1000 } });
        using var request = RunningGateway.Request(Samples.AnthropicPath, new byte[1001], gateway.Key);
        request.Headers.TransferEncodingChunked = !announced;

        using var response = await gateway.SendAsync(request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(413, (int)response.StatusCode);
        Assert.Equal("request_too_large", (await JsonAsync(response)).GetProperty("error").GetProperty("type").GetString());
        Assert.Equal(("refused", "body_too_large", 413), (record.End, record.EndReason, record.Status));
    }

    [Fact]
    public async Task Body_AtTheLimit_Passes()
    {
        var body = Encoding.UTF8.GetBytes("""{"model":"m"}""".PadRight(1000));
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        await using var gateway = await RunningGateway.StartAsync(provider.Address, options => options with { Limits = new LimitOptions { BodyBytesMax = body.Length } });

        using var response = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, body, gateway.Key));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Body_Compressed_Gets415()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));
        using var request = RunningGateway.Request(Samples.OpenAiPath, Samples.Request, gateway.Key);
        request.Content!.Headers.ContentEncoding.Add("gzip");

        using var response = await gateway.SendAsync(request);

        Assert.Equal(415, (int)response.StatusCode);
        Assert.Equal("body_encoded", await OpenAiCodeAsync(response));
    }

    [Fact]
    public async Task Bodies_MoreThanTheGatewayMayHold_Get503()
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"), options => options with { Limits = new LimitOptions { BufferedBytesMax = 1024 } });
        using var response = await gateway.SendAsync(RunningGateway.Request(Samples.OpenAiPath, new byte[5000], gateway.Key));

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal("overloaded", (await gateway.Records.NextAsync()).EndReason);
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_served")]
    [InlineData("POST", "/v1/files", 404, "endpoint_not_served")]
    [InlineData("POST", "/v1/chat/completions/", 404, "endpoint_not_served")]
    [InlineData("POST", "/V1/chat/completions", 404, "endpoint_not_served")]
    public async Task Endpoint_NotListed_IsRefusedWithReason(string method, string path, int status, string code)
    {
        await using var gateway = await RunningGateway.StartAsync(new Uri("http://127.0.0.1:9"));
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Key);

        using var response = await gateway.SendAsync(request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(code, await OpenAiCodeAsync(response));
        Assert.Equal(("unlisted", "refused", code), (record.Dialect, record.End, record.EndReason));
    }

    [Fact]
    public async Task Provider_Down_Gets502AndRecord()
    {
        Uri gone;
        await using (var provider = await FakeProvider.BodyAsync([]))
        {
            gone = provider.Address;
        }

        await using var gateway = await RunningGateway.StartAsync(gone);
        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);
        var record = await gateway.Records.NextAsync();

        Assert.Equal(502, (int)response.StatusCode);
        Assert.Equal("provider_unreachable", await OpenAiCodeAsync(response));
        Assert.Equal(("provider-down", 502), (record.End, record.Status));
    }

    [Fact]
    public async Task Model_NoProviderServesIt_Gets404()
    {
        await using var gateway = await RunningGateway.StartAsync(
            new Uri("http://127.0.0.1:9"),
            options => options with { Providers = [options.Providers[0] with { Models = ["other-*"] }] });

        using var response = await gateway.SendAsync(Samples.OpenAiPath, Samples.Request);

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal("model_not_served", (await gateway.Records.NextAsync()).EndReason);
    }

    internal static async Task<string?> OpenAiCodeAsync(HttpResponseMessage response) =>
        (await JsonAsync(response)).GetProperty("error").GetProperty("code").GetString();

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
        return JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).RootElement;
    }
}
