namespace Stillgate.Lab.Replay;

/// <summary>A call that an assistant message makes.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="Arguments">What it is given, as the log has it.</param>
internal readonly record struct ReplayCall(string Tool, string Arguments);
