namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// The content-free form of an exchange: keyed hashes and counts, from which the text cannot be read. Opaque here;
/// <c>docs/formats/sketch.md</c> gives the layout of <see cref="Bits"/>.
/// </summary>
/// <param name="Version">Layout version of <see cref="Bits"/>.</param>
/// <param name="KeyId">Names the key, so that sketches under different keys are never compared.</param>
/// <param name="Bits">The packed sketch; base64 on the line.</param>
public sealed record ExchangeSketch(int Version, string KeyId, ReadOnlyMemory<byte> Bits);
