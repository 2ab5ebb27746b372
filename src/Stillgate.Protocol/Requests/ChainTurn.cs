namespace Stillgate.Protocol.Requests;

/// <summary>A turn of a <see cref="ConversationChain"/>.</summary>
/// <param name="IsModel">Whether it claims to be the model's.</param>
/// <param name="First">Its first message's place in the request's list.</param>
/// <param name="End">The place after its last.</param>
/// <param name="Text">What it is compared by.</param>
/// <param name="Before">The chain's hash before it.</param>
/// <param name="After">The chain's hash after it.</param>
public readonly record struct ChainTurn(bool IsModel, int First, int End, string Text, UInt128 Before, UInt128 After);
