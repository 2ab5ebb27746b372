namespace Stillgate.Server.Commands;

/// <summary>The input or the usage is wrong. The message is one clear line for the operator; the command ends with exit 2.</summary>
internal sealed class OperatorException(string message) : Exception(message);
