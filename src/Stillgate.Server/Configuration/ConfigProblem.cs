namespace Stillgate.Server.Configuration;

/// <summary>Something wrong in the configuration.</summary>
/// <param name="Source">The file, or <c>command line</c>.</param>
/// <param name="Line">The line in the file, from 1; 0 where there is none.</param>
/// <param name="Path">The setting, such as <c>providers[0].url</c>.</param>
/// <param name="Message">What is wrong. Never holds a credential.</param>
internal sealed record ConfigProblem(string Source, long Line, string Path, string Message)
{
    public override string ToString() => $"{Source}{(Line > 0 ? $":{Line}" : "")}: {(Path.Length > 0 ? Path + ": " : "")}{Message}";
}
