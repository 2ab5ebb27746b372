using System.Buffers.Binary;
using System.Net;

namespace Stillgate.Tests.Parties.Network;

/// <summary>Reads captures (pcap and pcapng over Ethernet) as far as the tests need: what each client sent first on a TCP connection.</summary>
internal static class CaptureFile
{
    /// <summary>The first bytes of each direction of each connection, put in order by sequence number, up to a bound.</summary>
    public static Dictionary<(string Source, int SourcePort, string Target, int TargetPort), byte[]> Streams(byte[] file)
    {
        var segments = new Dictionary<(string, int, string, int), SortedDictionary<uint, byte[]>>();
        foreach (var packet in Packets(file))
        {
            ReadPacket(packet, segments);
        }

        return segments.ToDictionary(stream => stream.Key, stream => Joined(stream.Value));
    }

    private static byte[] Joined(SortedDictionary<uint, byte[]> parts)
    {
        var bytes = new List<byte>();
        uint? next = null;
        foreach (var (sequence, part) in parts)
        {
            if (next is not null && sequence > next)
            {
                break;
            }

            var known = next is null ? 0 : (int)(next.Value - sequence);
            bytes.AddRange(part.Skip(known));
            next = Math.Max(next ?? 0, sequence + (uint)part.Length);
        }

        return [.. bytes];
    }

    private static IEnumerable<byte[]> Packets(byte[] file)
    {
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(file);
        if (magic == 0x0A0D0D0A)
        {
            for (var at = 0; at + 12 <= file.Length;)
            {
                var type = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(at));
                var length = BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 4));
                if (type == 6)
                {
                    yield return file.AsSpan(at + 28, BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 20))).ToArray();
                }

                at += length;
            }

            yield break;
        }

        var isLittle = magic is 0xA1B2C3D4 or 0xA1B23C4D;
        for (var at = 24; at + 16 <= file.Length;)
        {
            var length = isLittle ? BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(at + 8)) : BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at + 8));
            yield return file.AsSpan(at + 16, Math.Min(length, file.Length - at - 16)).ToArray();
            at += 16 + length;
        }
    }

    private static void ReadPacket(ReadOnlySpan<byte> packet, Dictionary<(string, int, string, int), SortedDictionary<uint, byte[]>> segments)
    {
        if (packet.Length < 54)
        {
            return;
        }

        var type = BinaryPrimitives.ReadUInt16BigEndian(packet[12..]);
        var ip = packet[14..];
        if (type == 0x8100)
        {
            type = BinaryPrimitives.ReadUInt16BigEndian(packet[16..]);
            ip = packet[18..];
        }

        if (type == 0x0800 && ip[9] == 6)
        {
            // Offloaded segments state a length of 0; then the packet ends where the capture does.
            var stated = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
            var header = (ip[0] & 15) * 4;
            var total = stated <= header ? ip.Length : Math.Min(stated, ip.Length);
            ReadTcp(new IPAddress(ip.Slice(12, 4)), new IPAddress(ip.Slice(16, 4)), ip[header..total], segments);
        }
        else if (type == 0x86DD && ip[6] == 6)
        {
            var total = Math.Min(40 + BinaryPrimitives.ReadUInt16BigEndian(ip[4..]), ip.Length);
            ReadTcp(new IPAddress(ip.Slice(8, 16)), new IPAddress(ip.Slice(24, 16)), ip[40..total], segments);
        }
    }

    private static void ReadTcp(IPAddress source, IPAddress target, ReadOnlySpan<byte> tcp, Dictionary<(string, int, string, int), SortedDictionary<uint, byte[]>> segments)
    {
        var header = tcp.Length < 20 ? tcp.Length : (tcp[12] >> 4) * 4;
        if (header >= tcp.Length)
        {
            return;
        }

        var key = (source.ToString(), (int)BinaryPrimitives.ReadUInt16BigEndian(tcp), target.ToString(), (int)BinaryPrimitives.ReadUInt16BigEndian(tcp[2..]));
        if (!segments.TryGetValue(key, out var stream))
        {
            segments[key] = stream = [];
        }

        const int PartsMax = 40;
        if (stream.Count < PartsMax)
        {
            stream.TryAdd(BinaryPrimitives.ReadUInt32BigEndian(tcp[4..]), tcp[header..].ToArray());
        }
    }
}
