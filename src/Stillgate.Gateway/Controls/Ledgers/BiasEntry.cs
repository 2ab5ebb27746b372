using System.Buffers.Binary;

namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>A line of the ledger of biases as it is kept: an owner and what it did, a use of the one or the other or a token.</summary>
/// <param name="Owner">The account or campaign, as a keyed hash.</param>
/// <param name="What"><see cref="Bias"/>, <see cref="Logprobs"/>, or a token as a keyed hash.</param>
/// <param name="AtMs">When, in Unix milliseconds; of a token, when the window of the owner's tokens began.</param>
internal readonly record struct BiasEntry(UInt128 Owner, ulong What, long AtMs)
{
    public const int Bytes = 32;

    public const ulong Bias = 0;

    public const ulong Logprobs = 1;

    public static BiasEntry Read(ReadOnlySpan<byte> bytes) => new(
        BinaryPrimitives.ReadUInt128LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]));

    public void Write(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt128LittleEndian(bytes, Owner);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], What);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[24..], AtMs);
    }
}
