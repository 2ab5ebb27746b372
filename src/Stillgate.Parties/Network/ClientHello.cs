using System.Buffers.Binary;

namespace Stillgate.Parties.Network;

/// <summary>
/// What a TLS client says first (RFC 8446, section 4.1.2), as far as a fingerprint needs it. Anybody can send these bytes: every length is checked against what is there, a
/// wrong one is a status and never an exception, and a name, key or session in it is not kept.
/// </summary>
public sealed class ClientHello
{
    /// <summary>The longest handshake message that is read. Real ones, with post-quantum keys, are below 4 KiB.</summary>
    public const int MessageBytesMax = 1 << 16;

    private const byte HandshakeRecord = 22;
    private const byte ClientHelloMessage = 1;
    private const int RecordHeaderBytes = 5;
    private const int RecordBytesMax = (1 << 14) + 256;
    private const int MessageHeaderBytes = 4;
    private const int RandomBytes = 32;

    private ClientHello()
    {
    }

    /// <summary>The version field of the message; newer clients state the real one in <see cref="SupportedVersions"/>.</summary>
    public ushort LegacyVersion { get; private set; }

    /// <summary>Cipher suites in the order in which they came, GREASE included.</summary>
    public IReadOnlyList<ushort> CipherSuites { get; private set; } = [];

    /// <summary>The types of all extensions in the order in which they came, GREASE included.</summary>
    public IReadOnlyList<ushort> Extensions { get; private set; } = [];

    /// <summary>The signature algorithms in the order in which they came, GREASE included.</summary>
    public IReadOnlyList<ushort> SignatureAlgorithms { get; private set; } = [];

    /// <summary>The versions that the client supports, GREASE included; empty where it does not say.</summary>
    public IReadOnlyList<ushort> SupportedVersions { get; private set; } = [];

    /// <summary>The bytes of the first application protocol that it offers; empty where it offers none.</summary>
    public ReadOnlyMemory<byte> FirstProtocol { get; private set; }

    /// <summary>Reads one from the start of what a client sent: records of TLS, in which the message may be cut into several.</summary>
    /// <param name="bytes">The bytes from the first record on; what follows the message is passed over.</param>
    /// <param name="hello">The message, where the status is <see cref="ClientHelloStatus.Read"/>.</param>
    public static ClientHelloStatus TryRead(ReadOnlySpan<byte> bytes, out ClientHello? hello)
    {
        hello = null;
        var status = Message(bytes, out var message);
        if (status != ClientHelloStatus.Read)
        {
            return status;
        }

        var read = new ClientHello();
        if (!read.TryParse(message))
        {
            return ClientHelloStatus.Malformed;
        }

        hello = read;
        return ClientHelloStatus.Read;
    }

    // The body of the message, put together from as many records as it takes.
    private static ClientHelloStatus Message(ReadOnlySpan<byte> bytes, out ReadOnlySpan<byte> body)
    {
        body = default;
        byte[]? joined = null;
        var joinedCount = 0;
        while (true)
        {
            if (bytes.Length > 0 && bytes[0] != HandshakeRecord)
            {
                return joinedCount == 0 ? ClientHelloStatus.NotClientHello : ClientHelloStatus.Malformed;
            }

            if (bytes.Length > 1 && bytes[1] != 3)
            {
                return joinedCount == 0 ? ClientHelloStatus.NotClientHello : ClientHelloStatus.Malformed;
            }

            if (bytes.Length < RecordHeaderBytes)
            {
                return ClientHelloStatus.Incomplete;
            }

            var length = BinaryPrimitives.ReadUInt16BigEndian(bytes[3..]);
            if (length is 0 or > RecordBytesMax)
            {
                return ClientHelloStatus.Malformed;
            }

            var fragment = bytes.Slice(RecordHeaderBytes, Math.Min(length, bytes.Length - RecordHeaderBytes));
            var message = fragment;
            if (joined is not null)
            {
                fragment[..Math.Min(fragment.Length, joined.Length - joinedCount)].CopyTo(joined.AsSpan(joinedCount));
                joinedCount += Math.Min(fragment.Length, joined.Length - joinedCount);
                message = joined.AsSpan(0, joinedCount);
            }

            var status = Complete(message, out body);
            if (status != ClientHelloStatus.Incomplete || fragment.Length < length)
            {
                return status;
            }

            if (joined is null)
            {
                joined = new byte[MessageHeaderBytes + MessageBytesMax];
                message.CopyTo(joined);
                joinedCount = message.Length;
            }

            bytes = bytes[(RecordHeaderBytes + length)..];
        }
    }

    private static ClientHelloStatus Complete(ReadOnlySpan<byte> message, out ReadOnlySpan<byte> body)
    {
        body = default;
        if (message.Length > 0 && message[0] != ClientHelloMessage)
        {
            return ClientHelloStatus.NotClientHello;
        }

        if (message.Length < MessageHeaderBytes)
        {
            return ClientHelloStatus.Incomplete;
        }

        var length = (message[1] << 16) | (message[2] << 8) | message[3];
        if (length > MessageBytesMax)
        {
            return ClientHelloStatus.Malformed;
        }

        if (message.Length < MessageHeaderBytes + length)
        {
            return ClientHelloStatus.Incomplete;
        }

        body = message.Slice(MessageHeaderBytes, length);
        return ClientHelloStatus.Read;
    }

    private bool TryParse(ReadOnlySpan<byte> body)
    {
        var at = new TlsFields(body);
        LegacyVersion = at.Number();
        at.Skip(RandomBytes);
        at.Block8();
        CipherSuites = at.Block16().Numbers();
        at.Block8();
        if (at.IsGood && at.IsAtEnd)
        {
            // Before extensions existed a message ended here.
            return true;
        }

        var block = at.Block16();
        var extensions = new List<ushort>();
        while (block.IsGood && !block.IsAtEnd)
        {
            var type = block.Number();
            var content = block.Block16();
            extensions.Add(type);
            if (!block.IsGood || !TryParse(type, content))
            {
                return false;
            }
        }

        Extensions = extensions;
        return at.IsGood && at.IsAtEnd && block.IsGood;
    }

    private bool TryParse(ushort type, TlsFields content)
    {
        const ushort SignatureAlgorithmsType = 13;
        const ushort ProtocolsType = 16;
        const ushort SupportedVersionsType = 43;
        switch (type)
        {
            case SignatureAlgorithmsType:
                SignatureAlgorithms = content.Block16().Numbers();
                return content.IsGood;
            case SupportedVersionsType:
                SupportedVersions = content.Block8().Numbers();
                return content.IsGood;
            case ProtocolsType:
                var protocols = content.Block16();
                FirstProtocol = protocols.IsAtEnd ? default : protocols.Block8().Rest().ToArray();
                return content.IsGood && protocols.IsGood;
            default:
                return true;
        }
    }
}
