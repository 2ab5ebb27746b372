namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What is wrong with a path that should be a file to read, in the words in which every command says it.</summary>
public static class InputFile
{
    /// <summary>What is wrong, with the path in front; null where a file is there.</summary>
    /// <param name="path">The path as it was given.</param>
    public static string? WrongWith(string path) => MistakeOf(path) is { } mistake ? $"{path}: {mistake}" : null;

    /// <summary>What is wrong, for a problem that names the path by itself; null where a file is there.</summary>
    /// <param name="path">The path as it was given.</param>
    public static string? MistakeOf(string path) =>
        File.Exists(path) ? null
        : Directory.Exists(path) ? "is a folder; expected a file"
        : "no such file";
}
