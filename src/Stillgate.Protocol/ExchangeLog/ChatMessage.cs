namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// A message of a conversation. Parts other than text stand in <see cref="Content"/> as <c>[image]</c>, <c>[audio]</c>,
/// <c>[tool_result] ...</c> and <c>[tool_call] ...</c>. These marks are for readers: anyone can type them, and whose a message is its role says alone.
/// </summary>
/// <param name="Role"><c>system</c>, <c>user</c>, <c>assistant</c>, or what the dialect calls it; what a tool gave back is <c>tool</c> in every dialect.</param>
/// <param name="Content">The text.</param>
public sealed record ChatMessage(string Role, string Content);
