using System.Buffers.Binary;
using System.IO.Hashing;

namespace Stillgate.Detection.State;

/// <summary>Writes state in sections, each with its length and its hash, so that a reader knows a cut or a damaged file from a good one.</summary>
internal sealed class SectionWriter(Stream stream)
{
    /// <summary>A section of many like things is ended when it is so long.</summary>
    public const int LengthSoft = 1 << 20;

    /// <summary>Kind and length, four bytes each, and the hash of the content.</summary>
    public const int HeadBytes = 16;

    public StateWriter Content { get; } = new();

    /// <summary>Ends the section.</summary>
    public void End(SectionKind kind)
    {
        Span<byte> head = stackalloc byte[HeadBytes];
        BinaryPrimitives.WriteInt32LittleEndian(head, (int)kind);
        BinaryPrimitives.WriteInt32LittleEndian(head[4..], Content.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(head[8..], XxHash3.HashToUInt64(Content.Written, (long)kind));
        stream.Write(head);
        stream.Write(Content.Written);
        Content.Clear();
    }

    /// <summary>Ends the section where it has grown long, so that the next thing begins another.</summary>
    public void EndIfLong(SectionKind kind)
    {
        if (Content.Length >= LengthSoft)
        {
            End(kind);
        }
    }
}
