using System.Diagnostics;
using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>The official Node SDKs against the gateway, a stand-in behind it. <c>eng/install-node-sdks.sh</c> installs them.</summary>
public sealed class NodeSdkTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "sdk-node");

    [Fact]
    public async Task NodeSdks_ChatStreamAndAbort_Work()
    {
        Assert.SkipUnless(Directory.Exists(Path.Combine(Folder, "node_modules", "openai")), "the Node SDKs are not installed: run eng/install-node-sdks.sh");
        await using var standIn = await SdkTests.StartStandInAsync(tokens: 48);
        await using var gateway = await RunningGateway.StartAsync(standIn.Address);
        var start = new ProcessStartInfo("node") { WorkingDirectory = Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("sdk.mjs");
        start.ArgumentList.Add(gateway.Host.Address.ToString().TrimEnd('/'));
        start.ArgumentList.Add(gateway.Key);

        using var node = Process.Start(start)!;
        var output = node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = node.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await node.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);

        Assert.True(node.ExitCode == 0, await output + await errors);
        var ends = new List<string?>();
        for (var i = 0; i < 8; i++)
        {
            ends.Add((await gateway.Records.NextAsync()).End);
        }

        Assert.Equal(["client-left", "client-left", "complete", "complete", "complete", "complete", "provider-error", "refused"], ends.Order(StringComparer.Ordinal));
    }
}
