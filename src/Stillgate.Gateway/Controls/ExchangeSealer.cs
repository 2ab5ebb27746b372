using Stillgate.Protocol.Filtering;

namespace Stillgate.Gateway.Controls;

/// <summary>Seals for one exchange: its account, its conversation, and what stands in it before the answer.</summary>
internal sealed class ExchangeSealer(ReferenceVault vault, ReferenceBinding binding, TimeSpan lifetime) : IReferenceSealer
{
    public string Seal(ReferenceKind kind, ReadOnlySpan<byte> original) => vault.Seal(binding, lifetime, kind, original);
}
