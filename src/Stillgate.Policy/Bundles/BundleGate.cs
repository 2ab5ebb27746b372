using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Bundles;

/// <summary>What a bundle must pass before it may decide anything: its signature, its content, its own cases.</summary>
public static class BundleGate
{
    /// <summary>Checks a bundle and compiles it, or says everything that is wrong with it.</summary>
    /// <param name="name">Where it comes from, as problems cite it.</param>
    /// <param name="json">The bundle.</param>
    /// <param name="trusted">Public keys of trusted signers, as PEM, by fingerprint.</param>
    /// <param name="problems">Everything that is wrong or doubtful.</param>
    /// <returns>The policy, or null where a problem is more than a warning.</returns>
    public static PolicySnapshot? TryOpen(
        string name, ReadOnlySpan<byte> json, IReadOnlyDictionary<string, string> trusted, out IReadOnlyList<PolicyProblem> problems)
    {
        var found = new List<PolicyProblem>();
        problems = found;
        if (PolicyBundle.TryRead(json, out var problem) is not { } bundle)
        {
            found.Add(new PolicyProblem(name, 0, "bundle", problem));
            return null;
        }

        CheckSignature(name, bundle, trusted, found);
        var policy = bundle.TryCompile(out var wrong);
        found.AddRange(wrong);
        if (policy is not null && policy.Version != bundle.Version)
        {
            found.Add(new PolicyProblem(name, 0, "version", $"says {bundle.Version}, but its files are version {policy.Version}"));
        }

        return found.Exists(one => !one.IsWarning) ? null : policy;
    }

    private static void CheckSignature(string name, PolicyBundle bundle, IReadOnlyDictionary<string, string> trusted, List<PolicyProblem> found)
    {
        if (!trusted.TryGetValue(bundle.Signer, out var pem))
        {
            found.Add(new PolicyProblem(name, 0, "signer", $"no trusted key has the fingerprint {bundle.Signer}; 'policy trust' says whose signatures count"));
            return;
        }

        using var key = SigningKeys.TryRead(pem);
        if (key is null || !bundle.IsSignedBy(key))
        {
            found.Add(new PolicyProblem(name, 0, "signature", "is not the signer's over these files: they were changed after they were signed"));
        }
    }
}
