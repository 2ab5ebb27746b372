namespace Stillgate.Gateway.Controls;

/// <summary>What a reference is bound to.</summary>
/// <param name="Account">The account's hash.</param>
/// <param name="Session">The hash of the conversation's first turn.</param>
/// <param name="Prefix">The hash of the conversation before the turn that the reference stands in.</param>
internal readonly record struct ReferenceBinding(UInt128 Account, UInt128 Session, UInt128 Prefix);
