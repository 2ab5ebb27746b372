using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Stillgate.Detection.Sketching;

/// <summary>
/// 48-bit keyed hashes in batches: AES-128 of each 16-byte block under the sketch key, cut to 48 bits. A pseudo-random function to
/// anyone without the key, and one call for all hashes of an exchange.
/// </summary>
internal sealed class KeyedHasher : IDisposable
{
    private const int BlocksMax = 32;
    private const ulong Mask48 = 0xFFFF_FFFF_FFFF;
    private readonly Aes _aes = Aes.Create();

    // Kept for good: a call that takes the key anew each time costs more than the blocks themselves.
    private readonly ICryptoTransform _blocks;
    private readonly byte[] _plain = new byte[BlocksMax * 16];
    private readonly byte[] _cipher = new byte[BlocksMax * 16];
    private readonly ulong[] _hashes = new ulong[BlocksMax];
    private int _count;

    public KeyedHasher(SketchKey key)
    {
        _aes.Key = key.Secret.ToArray();
        _aes.Mode = CipherMode.ECB;
        _aes.Padding = PaddingMode.None;
        _blocks = _aes.CreateEncryptor();
    }

    public void Begin() => _count = 0;

    public void Add(AnchorKind kind, (ulong First, ulong Second) value)
    {
        if (_count == BlocksMax)
        {
            return;
        }

        var block = _plain.AsSpan(_count++ * 16, 16);
        BinaryPrimitives.WriteUInt64LittleEndian(block, value.First);
        BinaryPrimitives.WriteUInt64LittleEndian(block[8..], (value.Second << 4) ^ (value.Second >> 60) ^ (ulong)kind);
    }

    /// <summary>The hashes of what was added since <see cref="Begin"/>, in order; never 0. Valid until the next call.</summary>
    public ReadOnlySpan<ulong> End()
    {
        if (_count > 0)
        {
            _blocks.TransformBlock(_plain, 0, _count * 16, _cipher, 0);
        }

        for (var i = 0; i < _count; i++)
        {
            var hash = BinaryPrimitives.ReadUInt64LittleEndian(_cipher.AsSpan(i * 16)) & Mask48;
            _hashes[i] = hash == 0 ? 1 : hash;
        }

        return _hashes.AsSpan(0, _count);
    }

    public ulong One(ulong first, ulong second)
    {
        Begin();
        Add(AnchorKind.Identifier, (first, second));
        return End()[0];
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _aes.Dispose();
    }
}
