using Stillgate.Gateway.Clients;
using Stillgate.Server.Configuration;
using Stillgate.Server.Hosting.Tls;
using Stillgate.Tests.Gateway;
using Xunit;

namespace Stillgate.Tests.Configuration;

public sealed class ConfigFileTests
{
    [Fact]
    public void Read_WholeFile_SetsEverything()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("key"), "secret-of-provider\n");
        var file = folder.File("stillgate.yaml");
        File.WriteAllText(file, $"""
            listen: http://127.0.0.1:8080
            store: ./store
            open: true
            keepContent: true
            recorder: required
            drainSeconds: 5
            queueCapacity: 100
            forwardHeaders: [x-standin]
            limits:
              bodyBytesMax: 2048
            timeouts:
              connectMs: 1
              firstByteMs: 2
              gapMs: 3
              totalMs: 4
            providers:
              - name: main
                url: http://127.0.0.1:9000/v1
                dialects: [openai.chat, anthropic.messages]
                models: ["m-*"]
                credential:
                  file: {folder.File("key")}
            """);
        var problems = new List<ConfigProblem>();

        var options = UpSettingsCheck.ToHostOptions(ConfigFile.Read(file, problems), file, problems);

        Assert.Empty(problems);
        Assert.Equal((8080, "./store", true, true, 5.0, 100), (options!.Listen.Port, options.StorePath, options.IsOpen, options.KeepContent, options.Drain.TotalSeconds, options.QueueCapacity));
        Assert.True(options.Gateway.Recorder.IsRequired);
        Assert.Equal(2048, options.Gateway.Limits.BodyBytesMax);
        Assert.Equal([1, 2, 3, 4], ((TimeSpan[])[options.Gateway.Timeouts.Connect, options.Gateway.Timeouts.FirstByte, options.Gateway.Timeouts.Gap, options.Gateway.Timeouts.Total]).Select(time => (int)time.TotalMilliseconds));
        var provider = Assert.Single(options.Gateway.Providers);
        Assert.Equal(("main", "http://127.0.0.1:9000/", "secret-of-provider"), (provider.Name, provider.Address.ToString(), provider.Credential));
        Assert.DoesNotContain("secret-of-provider", provider.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_ManyMistakes_EachIsNamedWithPathAndLine()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("stillgate.yaml");
        File.WriteAllText(file, """
            listen: nowhere
            stroe: ./store
            open: maybe
            recorder: sometimes
            limits:
              bodyBytesMax: many
              bodySize: 5
            timeouts: fast
            providers:
              - url: http://127.0.0.1:9000
                dialects: [openai.chat, telepathy]
                credential: { env: STILLGATE_TEST_NOT_SET }
              - name: second
            """);
        var problems = new List<ConfigProblem>();

        Assert.Null(UpSettingsCheck.ToHostOptions(ConfigFile.Read(file, problems), file, problems));

        Assert.Equal(
            ["1 listen", "2 stroe", "3 open", "4 recorder", "6 limits.bodyBytesMax", "7 limits.bodySize", "8 timeouts", "11 providers[0].dialects", "12 providers[0].credential.env", "13 providers[1]", "13 providers[1]"],
            problems.Where(problem => problem.Line > 0).OrderBy(problem => problem.Line).Select(problem => $"{problem.Line} {problem.Path}"));
        Assert.Contains(problems, problem => problem.Path == "store");
        Assert.All(problems, problem => Assert.StartsWith(file, problem.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void Read_Edges_SetsThem()
    {
        using var folder = new TemporaryFolder();
        using var certificate = new TestCertificate();
        var file = folder.File("stillgate.yaml");
        File.WriteAllText(file, $$"""
            listen: https://127.0.0.1:8443
            store: ./store
            places: ./places.idx
            tls: { certificate: ./server.pem, key: ./server.key }
            trustedProxies: { networks: [10.0.0.0/8, "2001:db8::/32"], header: forwarded }
            providerRoots: {{certificate.WriteTo(folder.File("roots.pem"))}}
            providers: [{ name: main, url: "https://127.0.0.1:9000", dialects: [openai.chat] }]
            """);
        var problems = new List<ConfigProblem>();

        var options = UpSettingsCheck.ToHostOptions(ConfigFile.Read(file, problems), file, problems);

        Assert.Empty(problems);
        Assert.Equal((new TlsOptions("./server.pem", "./server.key"), "./places.idx"), (options!.Tls, options.PlacesPath));
        Assert.Equal(["10.0.0.0/8", "2001:db8::/32"], options.Gateway.TrustedProxies.Networks.Select(network => network.ToString()));
        Assert.Equal(ProxyHeader.Forwarded, options.Gateway.TrustedProxies.Header);
        Assert.Equal(certificate.Whole.Thumbprint, Assert.Single(options.Gateway.ProviderRoots!).Thumbprint);
    }

    [Fact]
    public void Read_EdgesWithMistakes_EachIsNamed()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("stillgate.yaml");
        File.WriteAllText(file, """
            listen: http://127.0.0.1:8080
            store: ./store
            tls: { certificate: a.pem }
            trustedProxies:
              networks: [10.0.0.1/8, 0.0.0.0/0, proxy]
              header: via
            providerRoots: none.pem
            providers: [{ name: main, url: "http://127.0.0.1:9000", dialects: [openai.chat] }]
            """);
        var problems = new List<ConfigProblem>();

        Assert.Null(UpSettingsCheck.ToHostOptions(ConfigFile.Read(file, problems), file, problems));

        Assert.Equal(
            ["3 tls.key", "5 trustedProxies.networks", "5 trustedProxies.networks", "5 trustedProxies.networks", "6 trustedProxies.header", "7 providerRoots"],
            problems.OrderBy(problem => problem.Line).Select(problem => $"{problem.Line} {problem.Path}"));
    }

    [Theory]
    [InlineData("https://127.0.0.1:8443", "", "listen")]
    [InlineData("http://127.0.0.1:8080", "tls: { certificate: a.pem, key: a.pem }", "tls")]
    public void Read_TlsAndListenThatContradict_AreRefused(string listen, string tls, string path)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("stillgate.yaml");
        File.WriteAllText(file, $"listen: {listen}\nstore: ./store\n{tls}\nproviders: [{{ name: main, url: \"http://127.0.0.1:9000\", dialects: [openai.chat] }}]\n");
        var problems = new List<ConfigProblem>();

        Assert.Null(UpSettingsCheck.ToHostOptions(ConfigFile.Read(file, problems), file, problems));

        Assert.Equal(path, Assert.Single(problems).Path);
    }

    [Theory]
    [InlineData("listen: [", "not YAML")]
    [InlineData("", "empty")]
    [InlineData("just text", "expected settings")]
    public void Read_NotSettings_IsOneClearProblem(string text, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("stillgate.yaml"), text);
        var problems = new List<ConfigProblem>();

        ConfigFile.Read(folder.File("stillgate.yaml"), problems);

        Assert.Contains(problems, problem => problem.Message.Contains(expected, StringComparison.Ordinal));
    }
}
