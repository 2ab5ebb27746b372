namespace Stillgate.Protocol.ExchangeLog;

/// <summary>What is wrong with a path that should be a file to read, in the words in which every command says it.</summary>
public static class InputFile
{
    /// <summary>What is wrong, with the path in front; null where a file is there.</summary>
    /// <param name="path">The path as it was given.</param>
    public static string? WrongWith(string path) =>
        File.Exists(path) ? null
        : Directory.Exists(path) ? $"{path}: is a folder; expected a file"
        : $"{path}: no such file";
}
