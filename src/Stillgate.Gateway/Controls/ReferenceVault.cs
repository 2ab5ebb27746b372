using System.Buffers.Binary;
using System.Security.Cryptography;
using Stillgate.Protocol.Filtering;

namespace Stillgate.Gateway.Controls;

/// <summary>
/// Seals and opens references: AES-256-GCM under a key of the day, so that nothing of them is kept and every process of the store
/// can open them. What a reference is bound to is sealed with it; base64 all of it, which every dialect takes for an opaque string.
/// </summary>
internal sealed class ReferenceVault(ControlKeys keys, TimeProvider time)
{
    /// <summary>How every reference begins: "SGR", version 1, and the top of the day's number, in base64.</summary>
    public const string Start = "U0dSAQA";

    /// <summary>Most bytes that one reference carries: a held block of reasoning with its frame.</summary>
    public const int OriginalBytesMax = (2 << 20) + 1024;

    private const int HeadBytes = 8;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int BoundBytes = 1 + 8 + 16 + 16 + 16;

    public string Seal(in ReferenceBinding binding, TimeSpan lifetime, ReferenceKind kind, ReadOnlySpan<byte> original)
    {
        if (original.Length > OriginalBytesMax)
        {
            throw new AnswerFilterException("A piece of reasoning is longer than a reference may carry.");
        }

        var now = time.GetUtcNow();
        var day = DayOf(now);
        var plain = new byte[BoundBytes + original.Length];
        plain[0] = (byte)kind;
        BinaryPrimitives.WriteInt64LittleEndian(plain.AsSpan(1), (now + lifetime).ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt128LittleEndian(plain.AsSpan(9), binding.Account);
        BinaryPrimitives.WriteUInt128LittleEndian(plain.AsSpan(25), binding.Session);
        BinaryPrimitives.WriteUInt128LittleEndian(plain.AsSpan(41), binding.Prefix);
        original.CopyTo(plain.AsSpan(BoundBytes));

        var whole = new byte[HeadBytes + NonceBytes + plain.Length + TagBytes];
        "SGR\u0001"u8.CopyTo(whole);
        BinaryPrimitives.WriteInt32BigEndian(whole.AsSpan(4), day);
        var nonce = whole.AsSpan(HeadBytes, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(keys.OfDay(day), TagBytes);
        cipher.Encrypt(nonce, plain, whole.AsSpan(HeadBytes + NonceBytes, plain.Length), whole.AsSpan(^TagBytes), whole.AsSpan(0, HeadBytes));
        return Convert.ToBase64String(whole);
    }

    /// <summary>Opens a reference for the place where it stands now.</summary>
    public ReferenceFault Open(string reference, in ReferenceBinding here, TimeSpan lifetime, out ReferenceKind kind, out byte[] original)
    {
        (kind, original) = (default, []);
        var whole = new byte[(reference.Length * 3 / 4) + 3];
        if (!Convert.TryFromBase64String(reference, whole, out var length) || length < HeadBytes + NonceBytes + BoundBytes + TagBytes)
        {
            return ReferenceFault.Forged;
        }

        whole = whole[..length];
        var now = time.GetUtcNow();
        var day = BinaryPrimitives.ReadInt32BigEndian(whole.AsSpan(4));
        if (day < DayOf(now - lifetime) - 1)
        {
            // Whether it was ever ours no longer matters.
            return ReferenceFault.Expired;
        }

        var plain = new byte[length - HeadBytes - NonceBytes - TagBytes];
        try
        {
            using var cipher = new AesGcm(keys.OfDay(day), TagBytes);
            cipher.Decrypt(whole.AsSpan(HeadBytes, NonceBytes), whole.AsSpan(HeadBytes + NonceBytes, plain.Length), whole.AsSpan(^TagBytes), plain, whole.AsSpan(0, HeadBytes));
        }
        catch (AuthenticationTagMismatchException)
        {
            return ReferenceFault.Forged;
        }

        kind = (ReferenceKind)plain[0];
        original = plain[BoundBytes..];
        return Check(plain, here, now);
    }

    private static ReferenceFault Check(ReadOnlySpan<byte> plain, in ReferenceBinding here, DateTimeOffset now)
    {
        if (BinaryPrimitives.ReadUInt128LittleEndian(plain[9..]) != here.Account)
        {
            return ReferenceFault.OtherAccount;
        }

        if (BinaryPrimitives.ReadInt64LittleEndian(plain[1..]) < now.ToUnixTimeSeconds())
        {
            return ReferenceFault.Expired;
        }

        if (BinaryPrimitives.ReadUInt128LittleEndian(plain[25..]) != here.Session)
        {
            return ReferenceFault.OtherSession;
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(plain[41..]) == here.Prefix ? ReferenceFault.None : ReferenceFault.OtherPrefix;
    }

    private static int DayOf(DateTimeOffset at) => (int)(at.ToUnixTimeSeconds() / 86_400);
}
