using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>A sketched exchange in a file that this process wrote and reads back; its time is written by the caller. No format: never kept.</summary>
internal static class StoredExchange
{
    public static void Write(BinaryWriter writer, SketchedExchange exchange)
    {
        writer.Write(exchange.Id);
        writer.Write(exchange.Account);
        writer.Write(exchange.Organization ?? "");
        writer.Write(exchange.EndCustomer ?? "");
        writer.Write(exchange.Ip ?? "");
        writer.Write(exchange.Tls ?? "");
        writer.Write(exchange.Model);
        writer.Write(exchange.Status);
        var bits = SketchCodec.Encode(exchange.Content, "").Bits.Span;
        writer.Write((ushort)bits.Length);
        writer.Write(bits);
    }

    public static SketchedExchange Read(BinaryReader reader, long atMs)
    {
        var exchange = new SketchedExchange
        {
            AtMs = atMs,
            Id = reader.ReadString(),
            Account = reader.ReadString(),
            Organization = OrNull(reader.ReadString()),
            EndCustomer = OrNull(reader.ReadString()),
            Ip = OrNull(reader.ReadString()),
            Tls = OrNull(reader.ReadString()),
            Model = reader.ReadString(),
            Status = reader.ReadInt32(),
        };
        var bits = reader.ReadBytes(reader.ReadUInt16());
        if (!SketchCodec.TryDecode(new ExchangeSketch(SketchCodec.Version, "", bits), exchange.Content))
        {
            throw new InvalidDataException("A file of held exchanges did not come back as it was written.");
        }

        return exchange;
    }

    private static string? OrNull(string text) => text.Length == 0 ? null : text;
}
