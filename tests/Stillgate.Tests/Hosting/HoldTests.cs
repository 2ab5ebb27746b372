using System.Net;
using Stillgate.Server.Commands;
using Stillgate.Storage;
using Stillgate.Storage.Keys;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary><c>stillgate hold</c> beside a gateway in a process of its own. Requests are the clock: they are sent one after another until one is answered otherwise.</summary>
public sealed class HoldTests : IDisposable
{
    private const string Model = "m-frontier";
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Hold_ByItsCommand_IsInForceAndLiftedWithinTwoSecondsAndSparesTheList()
    {
        await using var provider = await FakeProvider.BodyAsync(Samples.OpenAiBody);
        var (store, list) = (_folder.File("store"), _folder.File("trusted.txt"));
        File.WriteAllText(list, "# by the letter\norg-trusted\nacc-named\n");
        var (barred, ofTheOrganization, byName) = (Key("acc-1", "org-1"), Key("acc-2", "org-trusted"), Key("acc-named", "org-1"));
        using var up = await UpProcess.StartAsync(Config(provider.Address, store), ("PROVIDER_KEY", "provider-credential"));
        using var client = new HttpClient { BaseAddress = up.Address };
        await AssertServedAsync(client, (barred, Model), (ofTheOrganization, Model), (byName, Model), (barred, "m-small"));

        Assert.Equal(ExitCode.Ok, await StillgateCommand.RunAsync(["hold", Model, "--except", list, "--reason", "Letter of 12 June.", "--store", store]));
        var held = await UntilAsync(HttpStatusCode.Forbidden);
        using var refused = await AskAsync(client, barred, Model);
        var refusedCode = await RefusalTests.OpenAiCodeAsync(refused);
        Assert.Equal(ExitCode.Ok, await StillgateCommand.RunAsync(["hold", "release", Model, "--store", store]));
        var lifted = await UntilAsync(HttpStatusCode.OK);

        TestContext.Current.TestOutputHelper?.WriteLine($"held after {held.TotalMilliseconds:0} ms, lifted after {lifted.TotalMilliseconds:0} ms");
        Assert.Equal("model_held", refusedCode);
        Assert.InRange(held, TimeSpan.Zero, Promised);
        Assert.InRange(lifted, TimeSpan.Zero, Promised);

        // From the command's return to the first answer of this status; whoever is on the list, and every other model, is served throughout.
        async Task<TimeSpan> UntilAsync(HttpStatusCode wanted)
        {
            var returned = TimeProvider.System.GetTimestamp();
            while (TimeProvider.System.GetElapsedTime(returned) < Patience)
            {
                using var answer = await AskAsync(client, barred, Model);
                var after = TimeProvider.System.GetElapsedTime(returned);
                await AssertServedAsync(client, (ofTheOrganization, Model), (byName, Model), (barred, "m-small"));
                if (answer.StatusCode == wanted)
                {
                    return after;
                }
            }

            return TimeSpan.MaxValue;
        }
    }

    private static async Task AssertServedAsync(HttpClient client, params (string Key, string Model)[] asked)
    {
        foreach (var (key, model) in asked)
        {
            using var answer = await AskAsync(client, key, model);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, string key, string model) => client.SendAsync(
        RunningGateway.Request(Samples.OpenAiPath, $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hello"}]}""", key), TestContext.Current.CancellationToken);

    private string Config(Uri provider, string store)
    {
        File.WriteAllText(_folder.File("stillgate.yaml"), $$"""
            listen: http://127.0.0.1:0
            store: {{store}}
            providers:
              - name: fake
                url: {{provider}}
                dialects: [openai.chat]
                models: ["*"]
                credential: { env: PROVIDER_KEY }
            """);
        return _folder.File("stillgate.yaml");
    }

    private string Key(string account, string organization)
    {
        var folder = StoreFolder.Open(_folder.File("store"));
        using var database = StillgateDatabase.Open(folder);
        return new KeyStore(database, folder, TimeProvider.System).Create(account, organization).Secret;
    }
}
