using System.Buffers.Binary;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Sketching;

/// <summary>Packs a sketch into bytes and back; the layout is <c>docs/formats/sketch.md</c>, version 1.</summary>
public static class SketchCodec
{
    /// <summary>The layout that this build writes.</summary>
    public const int Version = 1;

    private const int HeadBytes = 2 + 2 + 1 + 2 + 4 + 4 + 4 + 2 + 1;
    private const int HashBytes = 6;
    private const int FixedHashes = 4;
    private const int BytesMax = HeadBytes + (FixedHashes * HashBytes) + 1 + (SketchedExchange.AnchorsMax * HashBytes) + SketchedExchange.EmbeddingLength;

    /// <summary>Packs a sketch.</summary>
    /// <param name="content">The sketch.</param>
    /// <param name="keyId">Id of the key it was made under.</param>
    /// <returns>The packed form.</returns>
    public static ExchangeSketch Encode(SketchContent content, string keyId)
    {
        Span<byte> buffer = stackalloc byte[BytesMax];
        BinaryPrimitives.WriteUInt16LittleEndian(buffer, (ushort)content.Traits);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[2..], (ushort)content.Cues);
        buffer[4] = (byte)Math.Clamp(content.UserTurnCount, 0, 255);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[5..], (ushort)Math.Clamp(content.PromptTokenCount, 0, ushort.MaxValue));
        BinaryPrimitives.WriteInt32LittleEndian(buffer[7..], content.InputTokenCount);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[11..], content.OutputTokenCount);
        BinaryPrimitives.WriteInt32LittleEndian(buffer[15..], content.ReasoningTokenCount);
        BinaryPrimitives.WriteInt16LittleEndian(buffer[19..], (short)content.TemperatureHundredths);
        buffer[21] = (byte)Math.Clamp(content.CompletionCount, 0, 255);
        var at = HeadBytes;
        at = WriteHash(buffer, at, content.SystemId);
        at = WriteHash(buffer, at, content.ContentId);
        at = WriteHash(buffer, at, content.ConversationId);
        at = WriteHash(buffer, at, content.ToolsId);
        buffer[at++] = (byte)content.AnchorCount;
        for (var i = 0; i < content.AnchorCount; i++)
        {
            at = WriteHash(buffer, at, content.Anchors[i]);
        }

        foreach (var dimension in content.Embedding)
        {
            buffer[at++] = unchecked((byte)dimension);
        }

        return new ExchangeSketch(Version, keyId, buffer[..at].ToArray());
    }

    /// <summary>Unpacks a sketch.</summary>
    /// <param name="sketch">The packed form.</param>
    /// <param name="into">Receives it; what it held is cleared.</param>
    /// <returns>False where the layout is not one this build reads, or the bytes do not fit it.</returns>
    public static bool TryDecode(ExchangeSketch sketch, SketchContent into)
    {
        into.Clear();
        var bits = sketch.Bits.Span;
        if (sketch.Version != Version || bits.Length < HeadBytes + (FixedHashes * HashBytes) + 1)
        {
            return false;
        }

        var anchors = bits[HeadBytes + (FixedHashes * HashBytes)];
        if (anchors > SketchedExchange.AnchorsMax
            || bits.Length != HeadBytes + (FixedHashes * HashBytes) + 1 + (anchors * HashBytes) + SketchedExchange.EmbeddingLength)
        {
            return false;
        }

        into.Traits = (RequestTraits)BinaryPrimitives.ReadUInt16LittleEndian(bits);
        into.Cues = (Cues)BinaryPrimitives.ReadUInt16LittleEndian(bits[2..]);
        into.UserTurnCount = bits[4];
        into.PromptTokenCount = BinaryPrimitives.ReadUInt16LittleEndian(bits[5..]);
        into.InputTokenCount = BinaryPrimitives.ReadInt32LittleEndian(bits[7..]);
        into.OutputTokenCount = BinaryPrimitives.ReadInt32LittleEndian(bits[11..]);
        into.ReasoningTokenCount = BinaryPrimitives.ReadInt32LittleEndian(bits[15..]);
        into.TemperatureHundredths = BinaryPrimitives.ReadInt16LittleEndian(bits[19..]);
        into.CompletionCount = bits[21];
        ReadHashes(bits[HeadBytes..], anchors, into);
        return true;
    }

    private static void ReadHashes(ReadOnlySpan<byte> bits, int anchors, SketchContent into)
    {
        into.SystemId = ReadHash(bits);
        into.ContentId = ReadHash(bits[HashBytes..]);
        into.ConversationId = ReadHash(bits[(2 * HashBytes)..]);
        into.ToolsId = ReadHash(bits[(3 * HashBytes)..]);
        bits = bits[((FixedHashes * HashBytes) + 1)..];
        into.AnchorCount = anchors;
        for (var i = 0; i < anchors; i++)
        {
            into.Anchors[i] = ReadHash(bits[(i * HashBytes)..]);
        }

        bits = bits[(anchors * HashBytes)..];
        for (var i = 0; i < into.Embedding.Length; i++)
        {
            into.Embedding[i] = unchecked((sbyte)bits[i]);
        }
    }

    private static int WriteHash(Span<byte> buffer, int at, ulong hash)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(buffer[at..], (uint)hash);
        BinaryPrimitives.WriteUInt16LittleEndian(buffer[(at + 4)..], (ushort)(hash >> 32));
        return at + HashBytes;
    }

    private static ulong ReadHash(ReadOnlySpan<byte> bits) =>
        BinaryPrimitives.ReadUInt32LittleEndian(bits) | ((ulong)BinaryPrimitives.ReadUInt16LittleEndian(bits[4..]) << 32);
}
