using Stillgate.Policy.Bundles;
using Stillgate.Policy.Rules;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Commands;

namespace Stillgate.Server.Decisions;

/// <summary>A policy as a command's argument names it: a file, a folder of files, or a bundle.</summary>
internal static class PolicySource
{
    /// <summary>The policy files that arguments mean, a folder standing for its <c>*.yaml</c> in order of name.</summary>
    /// <exception cref="OperatorException">One cannot be read.</exception>
    public static IReadOnlyList<(string Path, string Text)> Files(IEnumerable<string> paths) =>
        [.. paths.SelectMany(path => Directory.Exists(path) ? FilesOf(path) : [path]).Select(path => (path, Read(path, File.ReadAllText)))];

    /// <summary>Compiles a policy that is tried out; it needs no signature.</summary>
    /// <exception cref="OperatorException">It is wrong; the message says everything that is.</exception>
    public static PolicySnapshot Load(string path)
    {
        var problems = (IReadOnlyList<PolicyProblem>)[];
        PolicySnapshot? policy;
        if (File.Exists(path) && Path.GetExtension(path) == ".json")
        {
            var bundle = PolicyBundle.TryRead(ReadBytes(path), out var problem) ?? throw new OperatorException($"{path}: {problem}");
            policy = bundle.TryCompile(out problems);
        }
        else
        {
            policy = PolicyCompiler.TryCompile(Files([path]), out problems);
        }

        return policy ?? throw new OperatorException($"{path}: the policy is refused:\n  " + string.Join("\n  ", problems.Where(one => !one.IsWarning)));
    }

    /// <exception cref="OperatorException">It cannot be read.</exception>
    public static byte[] ReadBytes(string path) => Read(path, File.ReadAllBytes);

    private static string[] FilesOf(string folder)
    {
        string[] files = [.. Directory.GetFiles(folder, "*.yaml").Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new OperatorException($"{folder}: the folder holds no *.yaml file");
    }

    private static T Read<T>(string path, Func<string, T> read)
    {
        if (InputFile.WrongWith(path) is { } wrong)
        {
            throw new OperatorException(wrong);
        }

        try
        {
            return read(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"cannot read {path}: {failure.Message}");
        }
    }
}
