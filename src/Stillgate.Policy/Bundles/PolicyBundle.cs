using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillgate.Policy.Rules;

namespace Stillgate.Policy.Bundles;

/// <summary>Policy files as they were signed, with who signed them and when (docs/formats/policy-bundle.md). Version 1.</summary>
public sealed record PolicyBundle
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>The format's version: 1.</summary>
    public int V { get; init; } = 1;

    /// <summary>The version of the policy, from its files' content.</summary>
    public required string Version { get; init; }

    /// <summary>When it was signed.</summary>
    public required DateTimeOffset SignedAt { get; init; }

    /// <summary>What its signer says of it.</summary>
    public required string Note { get; init; }

    /// <summary>The files, in the order in which ties between rules are decided.</summary>
    public required IReadOnlyList<BundleFile> Files { get; init; }

    /// <summary>Whose key signed it: the key's fingerprint.</summary>
    public required string Signer { get; init; }

    /// <summary>ECDSA over P-256 with SHA-256, in base64, r and s of 32 bytes each.</summary>
    public required string Signature { get; init; }

    /// <summary>Signs files.</summary>
    /// <param name="files">The files.</param>
    /// <param name="version">Their version, as compiling them gave it.</param>
    /// <param name="note">What is said of them.</param>
    /// <param name="key">The private key.</param>
    /// <param name="at">When.</param>
    public static PolicyBundle Sign(IReadOnlyList<BundleFile> files, string version, string note, ECDsa key, DateTimeOffset at)
    {
        var unsigned = new PolicyBundle
        {
            Version = version,
            SignedAt = at,
            Note = note,
            Files = files,
            Signer = SigningKeys.FingerprintOf(key),
            Signature = string.Empty,
        };
        return unsigned with { Signature = Convert.ToBase64String(key.SignData(unsigned.SignedBytes(), HashAlgorithmName.SHA256)) };
    }

    /// <summary>Reads a bundle.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="problem">What is wrong, where the result is null.</param>
    public static PolicyBundle? TryRead(ReadOnlySpan<byte> json, out string problem)
    {
        try
        {
            var bundle = JsonSerializer.Deserialize<PolicyBundle>(json, Options);
            problem = bundle switch
            {
                null => "expected a policy bundle, found null",
                { V: not 1 } => $"has format version {bundle.V}; this build reads version 1",
                { Files: null or { Count: 0 } } => "holds no files",
                _ => string.Empty,
            };
            return problem.Length == 0 ? bundle : null;
        }
        catch (JsonException cause)
        {
            problem = string.Create(CultureInfo.InvariantCulture, $"line {cause.LineNumber + 1}: expected a policy bundle, as 'policy sign' writes it: {cause.Message}");
            return null;
        }
    }

    /// <summary>The bundle as UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, Options);

    /// <summary>Whether a key signed exactly this.</summary>
    public bool IsSignedBy(ECDsa key)
    {
        var signature = new byte[64];
        return Convert.TryFromBase64String(Signature, signature, out var length) && length == signature.Length
            && key.VerifyData(SignedBytes(), signature, HashAlgorithmName.SHA256);
    }

    /// <summary>Compiles its files and runs their own cases.</summary>
    public PolicySnapshot? TryCompile(out IReadOnlyList<PolicyProblem> problems) =>
        PolicyCompiler.TryCompile([.. Files.Select(file => (file.Path, file.Text))], out problems);

    // Each part stands behind its length, so that no two bundles have the same bytes.
    private byte[] SignedBytes()
    {
        var text = new StringBuilder("stillgate policy bundle 1\n");
        foreach (var part in (string[])[Version, SignedAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture), Note, Signer, .. Files.SelectMany(file => new[] { file.Path, file.Text })])
        {
            text.Append(CultureInfo.InvariantCulture, $"{Encoding.UTF8.GetByteCount(part)}:").Append(part).Append('\n');
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
