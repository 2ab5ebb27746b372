using Stillgate.Policy.Bundles;
using Stillgate.Server.Commands;
using Stillgate.Storage;
using Stillgate.Storage.Policies;
using Xunit;

namespace Stillgate.Tests.Policy;

public sealed class BundleTests
{
    private static readonly string Sound = PolicySeed.Rules(("r", "account.id == 'a'", "deny", ""));

    [Fact]
    public void TryOpen_SoundBundle_GivesThePolicy()
    {
        using var folder = new TemporaryFolder();
        using var seed = new PolicySeed(folder.Path);

        var policy = BundleGate.TryOpen("b.json", seed.Sign(Sound).ToJson(), seed.Policies.TrustedKeys(), out var problems);

        Assert.NotNull(policy);
        Assert.DoesNotContain(problems, problem => !problem.IsWarning);
    }

    [Fact]
    public void TryOpen_ChangedAndBrokenBundle_SaysEverythingThatIsWrong()
    {
        using var folder = new TemporaryFolder();
        using var seed = new PolicySeed(folder.Path);
        var changed = seed.Sign(Sound) with { Files = [new BundleFile("p.yaml", Sound.Replace("outcome: deny", "outcome: explode", StringComparison.Ordinal).Replace("account.id", "account.idd", StringComparison.Ordinal) + "colour: red\n")] };

        Assert.Null(BundleGate.TryOpen("b.json", changed.ToJson(), seed.Policies.TrustedKeys(), out var problems));

        Assert.Equal(["signature", "colour", "rules.r.when", "rules[1].outcome"], problems.Where(one => !one.IsWarning).Select(one => one.Field).OrderBy(field => field.Length == 9 ? 0 : field.Length));
    }

    [Theory]
    [InlineData("version")]
    [InlineData("note")]
    [InlineData("signedAt")]
    [InlineData("path")]
    public void TryOpen_AnySignedPartChanged_IsRefused(string part)
    {
        using var folder = new TemporaryFolder();
        using var seed = new PolicySeed(folder.Path);
        var bundle = seed.Sign(Sound);
        var changed = part switch
        {
            "version" => bundle with { Version = "0000000000000000" },
            "note" => bundle with { Note = "another" },
            "signedAt" => bundle with { SignedAt = bundle.SignedAt.AddSeconds(1) },
            _ => bundle with { Files = [bundle.Files[0] with { Path = "q.yaml" }] },
        };

        Assert.Null(BundleGate.TryOpen("b.json", changed.ToJson(), seed.Policies.TrustedKeys(), out var problems));

        Assert.Contains(problems, problem => problem.Field == "signature");
    }

    [Fact]
    public void TryOpen_SignerNotTrustedOrNoLonger_IsRefused()
    {
        using var folder = new TemporaryFolder();
        using var seed = new PolicySeed(folder.Path);
        var bundle = seed.Sign(Sound);
        seed.Policies.Trust(bundle.Signer, seed.Key.ExportSubjectPublicKeyInfoPem(), "test", isTrusted: false);

        Assert.Null(BundleGate.TryOpen("b.json", bundle.ToJson(), seed.Policies.TrustedKeys(), out var problems));

        Assert.Equal("signer", Assert.Single(problems, problem => !problem.IsWarning).Field);
    }

    [Fact]
    public void TryOpen_BundleOfThisVersion_IsReadForEver()
    {
        var golden = File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Policy", "golden", "policy-bundle-v1.json"));
        var pem = File.ReadAllText(Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Policy", "golden", "policy-bundle-v1.pub"));
        using var key = SigningKeys.TryRead(pem);

        var policy = BundleGate.TryOpen("golden", golden, new Dictionary<string, string> { [SigningKeys.FingerprintOf(key!)] = pem }, out var problems);

        Assert.DoesNotContain(problems, problem => !problem.IsWarning);
        Assert.Equal("letter-foreign-persons", policy!.RuleDefinitions[0].Id);
    }

    [Fact]
    public async Task Commands_SignActivateRollback_SwitchWhatIsInForce()
    {
        using var folder = new TemporaryFolder();
        var (first, second) = (Write(folder, "1.yaml", Sound), Write(folder, "2.yaml", Sound.Replace("'a'", "'b'", StringComparison.Ordinal)));
        var (key, store) = (folder.File("policy.key"), folder.File("store"));

        Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "keygen", "--out", key]));
        Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "trust", key + ".pub", "--name", "t", "--store", store]));
        foreach (var file in new[] { first, second })
        {
            Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "sign", file, "--key", key, "--out", file + ".json"]));
            Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "activate", file + ".json", "--store", store]));
        }

        var (one, two) = (PolicySeed.Compile(Sound).Version, Active(store));
        Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "rollback", "--store", store]));

        Assert.NotEqual(one, two);
        Assert.Equal(one, Active(store));
        Assert.Equal(0, await StillgateCommand.RunAsync(["policy", "list", "--store", store, "--json"]));
    }

    [Fact]
    public async Task Commands_ActivateAWrongBundle_ChangesNothing()
    {
        using var folder = new TemporaryFolder();
        var store = folder.File("store");
        string version;
        using (var seed = new PolicySeed(store))
        {
            version = seed.Activate(Sound);
            File.WriteAllBytes(folder.File("wrong.json"), (seed.Sign(Sound) with { Note = "changed" }).ToJson());
        }

        Assert.Equal(1, await StillgateCommand.RunAsync(["policy", "activate", folder.File("wrong.json"), "--store", store]));
        Assert.Equal(2, await StillgateCommand.RunAsync(["policy", "rollback", "--store", store]));
        Assert.Equal(2, await StillgateCommand.RunAsync(["policy", "enforce", "no-such-rule", "--store", store]));

        Assert.Equal(version, Active(store));
    }

    /// <summary>Whoever has activated a policy and asks whom it would hit must not read "nobody" for an answer.</summary>
    [Fact]
    public async Task Diff_ActivePolicyAgainstItself_SaysThatNothingCanDiffer()
    {
        using var folder = new TemporaryFolder();
        var (store, draft) = (folder.File("store"), Write(folder, "p.yaml", Sound));
        string version;
        using (var seed = new PolicySeed(store))
        {
            version = seed.Activate(Sound);
        }

        var log = Write(folder, "log.jsonl", """{"v":1,"id":"x-1","at":"2026-05-01T00:00:00.000Z","account":"a","dialect":"openai.chat","model":"m","status":200}""" + "\n");
        var same = await CommandProcess.RunAsync("policy", "diff", "active", draft, "--traffic", log, "--store", store);
        var none = await CommandProcess.RunAsync("policy", "diff", "none", draft, "--traffic", log, "--store", store);

        Assert.Equal((0, $"stillgate: A and B are one policy, version {version}, and every rule counts as enforced in both: nothing can differ. 'none' as A says whom it hits\n"), (same.ExitCode, same.Errors));
        Assert.Equal((0, ""), (none.ExitCode, none.Errors));
    }

    private static string Write(TemporaryFolder folder, string name, string text)
    {
        File.WriteAllText(folder.File(name), text);
        return folder.File(name);
    }

    private static string? Active(string store)
    {
        using var database = StillgateDatabase.Open(StoreFolder.Open(store));
        return new PolicyStore(database, TimeProvider.System).ActiveVersion();
    }
}
