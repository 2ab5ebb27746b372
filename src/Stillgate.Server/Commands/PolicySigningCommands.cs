using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using Stillgate.Policy.Bundles;
using Stillgate.Policy.Rules;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Decisions;
using Stillgate.Storage;
using Stillgate.Storage.Policies;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate policy keygen</c>, <c>trust</c> and <c>sign</c>: who may say what is in force.</summary>
internal static class PolicySigningCommands
{
    private static readonly Option<string> Store = new("--store") { Description = "The store's folder", HelpName = "DIR", Required = true };
    private static readonly Option<bool> Json = new("--json") { Description = "Print JSON" };

    public static Command Keygen()
    {
        var output = new Option<string>("--out") { Description = "Where to write the private key; the public key stands beside it, with .pub at the end", HelpName = "FILE", Required = true };
        var command = new Command("keygen", "Makes a key that signs policies, on this machine. Keep the private half off the machine that serves.\n\nExample:\n  stillgate policy keygen --out policy.key") { output };
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            using var key = SigningKeys.Create();
            Write(path, key.ExportPkcs8PrivateKeyPem() + "\n", isPrivate: true);
            Write(path + ".pub", key.ExportSubjectPublicKeyInfoPem() + "\n", isPrivate: false);
            Console.Out.WriteLine($"{SigningKeys.FingerprintOf(key)}  {path}.pub");
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Trust()
    {
        var file = new Argument<string>("FILE") { Description = "A public key, as 'policy keygen' writes it" };
        var name = new Option<string>("--name") { Description = "Whose key it is", Required = true };
        var withdraw = new Option<bool>("--withdraw") { Description = "Say that its signatures count no longer; what is in force stays in force" };
        var command = new Command("trust", "Says whose signatures count in a store.\n\nExample:\n  stillgate policy trust policy.key.pub --name \"compliance, A. Berg\" --store ./store") { file, Store, name, withdraw };
        command.SetAction(parsed =>
        {
            using var key = ReadKey(parsed.GetRequiredValue(file));
            var (signer, pem, isTrusted) = (SigningKeys.FingerprintOf(key), key.ExportSubjectPublicKeyInfoPem(), !parsed.GetValue(withdraw));
            Func<string, Func<StillgateDatabase, StoreFolder, int>, int> open = isTrusted ? OpenStore.WithOrMake : OpenStore.With;
            open(parsed.GetRequiredValue(Store), (database, _) =>
            {
                new PolicyStore(database, TimeProvider.System).Trust(signer, pem, parsed.GetRequiredValue(name), isTrusted);
                return 0;
            });
            Console.Out.WriteLine($"{signer}  {(isTrusted ? "trusted" : "no longer trusted")}");
            return ExitCode.Ok;
        });
        return command;
    }

    public static Command Sign()
    {
        var files = new Argument<string[]>("FILE") { Description = "Policy files or folders of them, in the order in which ties are decided", Arity = ArgumentArity.OneOrMore };
        var key = new Option<string>("--key") { Description = "The private key", HelpName = "FILE", Required = true };
        var output = new Option<string>("--out") { Description = "Where to write the bundle, a .json file", HelpName = "FILE", Required = true };
        var note = new Option<string?>("--note") { Description = "What is said of it: who decided, on what grounds", HelpName = "TEXT" };
        var command = new Command("sign", "Checks policy files, runs their cases, and signs them as one bundle. A wrong file is not signed.\n\nExample:\n  stillgate policy sign policies/ofac-fifty-percent.yaml --key policy.key --note \"minutes of 12 May\" --out ofac.json") { files, key, output, note, Json };
        command.SetAction(parsed => Sign(
            PolicySource.Files(parsed.GetRequiredValue(files)), parsed.GetRequiredValue(key), parsed.GetRequiredValue(output), parsed.GetValue(note) ?? string.Empty, parsed.GetValue(Json)));
        return command;
    }

    private static int Sign(IReadOnlyList<(string Path, string Text)> files, string keyPath, string output, string note, bool asJson)
    {
        var policy = PolicyCompiler.TryCompile(files, out var problems);
        if (policy is null)
        {
            PolicyCommand.PrintProblems(problems, asJson, "not signed");
            return ExitCode.Problem;
        }

        using var key = ReadKey(keyPath);
        PolicyBundle bundle;
        try
        {
            bundle = PolicyBundle.Sign(
                [.. files.Select(file => new BundleFile(Path.GetFileName(file.Path), file.Text))], policy.Version, note, key, TimeProvider.System.GetUtcNow());
        }
        catch (CryptographicException)
        {
            throw new OperatorException($"{keyPath}: expected a private key; this is the public half");
        }

        Write(output, bundle.ToJson());
        Console.Out.WriteLine(asJson
            ? JsonSerializer.Serialize(new { bundle.Version, bundle.Signer, bundle.SignedAt, path = output }, JsonSerializerOptions.Web)
            : $"version {bundle.Version}, signed by {bundle.Signer}: {output}");
        return ExitCode.Ok;
    }

    private static ECDsa ReadKey(string path) =>
        SigningKeys.TryRead(System.Text.Encoding.UTF8.GetString(PolicySource.ReadBytes(path)))
        ?? throw new OperatorException($"{path}: expected a key over P-256 in PEM, as 'policy keygen' writes it");

    private static void Write(string path, string text, bool isPrivate)
    {
        var options = isPrivate ? PrivateFile.Options(FileMode.CreateNew) : new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        try
        {
            using var writer = new StreamWriter(path, System.Text.Encoding.ASCII, options);
            writer.Write(text);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"cannot write {path}: {failure.Message}");
        }
    }

    private static void Write(string path, byte[] bytes)
    {
        try
        {
            File.WriteAllBytes(path, bytes);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"cannot write {path}: {failure.Message}");
        }
    }
}
