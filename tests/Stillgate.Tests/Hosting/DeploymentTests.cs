using System.Diagnostics;
using Xunit;

namespace Stillgate.Tests.Hosting;

/// <summary>What stands in <c>deploy/</c>, checked with the tools that will read it.</summary>
public sealed class DeploymentTests
{
    [Fact]
    public async Task Unit_BySystemdsOwnTools_IsSoundAndHardlyExposed()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/systemd-analyze"), "systemd-analyze is not installed; on Debian it is in the package systemd.");
        var start = new ProcessStartInfo("bash") { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true, ArgumentList = { "deploy/check.sh" } };
        using var check = Process.Start(start)!;
        var errors = check.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await check.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await check.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.True(check.ExitCode == 0, output + await errors);
        Assert.Contains("the unit is sound", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Containerfile_Runs_AsAnUnprivilegedUserFromWhatItPublishes()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "deploy", "Containerfile"));

        Assert.Contains("USER 10001", lines);
        Assert.Contains(lines, line => line.StartsWith("RUN dotnet publish src/Stillgate.Server -c Release -o /out", StringComparison.Ordinal) && line.Contains("RestoreLockedMode=true", StringComparison.Ordinal));
        Assert.Contains("""ENTRYPOINT ["dotnet", "/opt/stillgate/stillgate.dll"]""", lines);
    }
}
