using Stillgate.Server.Configuration;
using Xunit;

namespace Stillgate.Tests.Configuration;

/// <summary>The settings of the admin listener and of the console.</summary>
public sealed class AdminSettingsTests
{
    private const string Rest = """
        listen: http://127.0.0.1:8080
        store: ./store
        providers: [{ name: p, url: "http://127.0.0.1:9000", dialects: [openai.chat], models: ["*"] }]

        """;

    private const string Tls = "adminTls: { certificate: a.pem, key: a.key }";

    [Fact]
    public void Settings_OfBoth_AreRead()
    {
        var (settings, problems) = Read($$"""
            adminListen: https://10.0.0.5:8091
            {{Tls}}
            console: { listen: "http://127.0.0.1:8090", signIn: true }
            """);

        Assert.Empty(problems);
        Assert.Equal(new Server.Hosting.Tls.TlsOptions("a.pem", "a.key"), settings!.AdminTls);
        Assert.Equal(new Server.Hosting.ConsoleListenOptions(new Uri("http://127.0.0.1:8090"), NeedsSignIn: true), settings.Console);
    }

    [Theory]
    [InlineData("adminListen: http://10.0.0.5:8091", "adminListen", "expected https where it is not the loopback address: admin keys are sent to it")]
    [InlineData("adminListen: https://10.0.0.5:8091", "adminListen", "https needs adminTls.certificate and adminTls.key in the settings file")]
    [InlineData("adminListen: http://127.0.0.1:8080", "adminListen", "expected localhost or an IP address, and another port than listen")]
    [InlineData("adminListen: http://admin.example:8091", "adminListen", "expected localhost or an IP address, and another port than listen")]
    [InlineData("console: { listen: \"http://0.0.0.0:8090\" }", "console.listen", "expected https where it is not the loopback address: admin keys are sent to it")]
    [InlineData("console: { listen: \"https://0.0.0.0:8090\" }", "console.listen", "https needs adminTls.certificate and adminTls.key in the settings file")]
    [InlineData("console: { signIn: true }", "console.listen", "missing: where the console listens, such as http://127.0.0.1:8090")]
    [InlineData("console: { listen: \"http://127.0.0.1:8090\", signIn: yes }", "console.signIn", "expected true or false")]
    [InlineData(Tls, "adminTls", "neither adminListen nor console.listen is https, so no certificate would be shown")]
    [InlineData("adminTls: { certificate: a.pem }", "adminTls.key", "missing: a PEM file with the certificate's private key")]
    public void Setting_Wrong_IsNamed(string text, string path, string message)
    {
        var (settings, problems) = Read(text);

        Assert.Null(settings);
        Assert.Contains(problems, problem => problem.Path == path && problem.Message == message);
    }

    private static (Server.Hosting.GatewayHostOptions? Settings, List<ConfigProblem> Problems) Read(string text)
    {
        using var folder = new TemporaryFolder();
        var problems = new List<ConfigProblem>();
        File.WriteAllText(folder.File("c.yaml"), Rest + text + "\n");
        return (UpSettingsCheck.ToHostOptions(ConfigFile.Read(folder.File("c.yaml"), problems), "c.yaml", problems), problems);
    }
}
