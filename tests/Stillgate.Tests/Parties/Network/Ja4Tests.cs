using System.Text.Json;
using Stillgate.Parties.Network;
using Xunit;

namespace Stillgate.Tests.Parties.Network;

/// <summary>JA4 against the captures and values that its authors publish.</summary>
public sealed class Ja4Tests
{
    private static readonly byte[] Hello = Build(legacy: 0x0303, ciphers: [0x0A0A, 0x1301, 0xC02B], extensions:
    [
        (0x0000, [0, 0]), (0x0010, [0, 3, 2, (byte)'h', (byte)'2']), (0x000D, [0, 4, 4, 3, 8, 4]), (0x002B, [4, 0x1A, 0x1A, 3, 4]), (0x2A2A, []),
    ]);

    [Fact]
    public void Of_EveryPublishedCapture_EqualsItsValue()
    {
        Assert.SkipWhen(Repository.Data is null, "The vectors are part of the development data, which is absent (STILLGATE_DATA).");
        var folder = Path.Combine(Repository.Data, "ja4-vectors");
        var (checkedCount, behindProxy) = (0, 0);
        var distinct = new HashSet<string>();
        var wrong = new List<string>();
        foreach (var file in Directory.GetFiles(Path.Combine(folder, "python", "test", "testdata"), "*.json"))
        {
            using var document = JsonDocument.Parse(File.ReadAllText(file));
            var expected = document.RootElement.EnumerateArray().Where(entry => entry.TryGetProperty("JA4.1", out var value) && value.GetString()!.StartsWith('t')).ToArray();
            if (expected.Length == 0)
            {
                continue;
            }

            var streams = CaptureFile.Streams(File.ReadAllBytes(Path.Combine(folder, "pcap", Path.GetFileNameWithoutExtension(file))));
            foreach (var entry in expected)
            {
                string Text(string name) => entry.GetProperty(name).GetString()!;
                var key = (Text("src"), int.Parse(Text("srcport"), System.Globalization.CultureInfo.InvariantCulture), Text("dst"), int.Parse(Text("dstport"), System.Globalization.CultureInfo.InvariantCulture));
                if (!streams.TryGetValue(key, out var bytes) || ClientHello.TryRead(bytes, out var hello) != ClientHelloStatus.Read)
                {
                    // Through a SOCKS or CONNECT proxy, or in a tunnel, the connection does not begin with TLS: nothing that a server behind a socket ever sees.
                    behindProxy++;
                    continue;
                }

                checkedCount++;
                distinct.Add(Text("JA4.1"));

                // The value of this capture is of a rule that the specification beside it has since replaced: its protocol is BA AD, which is now written "bd".
                var value = Path.GetFileName(file).StartsWith("tls-non-ascii-alpn", StringComparison.Ordinal) ? Text("JA4.1").Replace("d151699_", "d1516bd_", StringComparison.Ordinal) : Text("JA4.1");
                if (Ja4.Of(hello!) != value)
                {
                    wrong.Add($"{Path.GetFileName(file)} {key}: {Ja4.Of(hello!)} instead of {value}");
                }
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{checkedCount} values, {distinct.Count} distinct, {behindProxy} not at the start of a connection");
        Assert.Empty(wrong);
        Assert.InRange(checkedCount, 60, int.MaxValue);
        Assert.InRange(distinct.Count, 8, int.MaxValue);
    }

    [Fact]
    public void Of_GreaseEverywhere_IsNotCounted()
    {
        Assert.Equal(ClientHelloStatus.Read, ClientHello.TryRead(Hello, out var hello));

        Assert.StartsWith("t13d0204h2_", Ja4.Of(hello!), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6832", "h2")]
    [InlineData("687474702f312e31", "h1")]
    [InlineData("61", "aa")]
    [InlineData("AB", "ab")]
    [InlineData("ABCD", "ad")]
    [InlineData("2061", "21")]
    [InlineData("30AB", "3b")]
    [InlineData("3031ABCD", "3d")]
    [InlineData("30ABCD31", "01")]
    public void Of_FirstProtocol_IsWrittenAsTheSpecificationSays(string protocol, string expected)
    {
        var bytes = Convert.FromHexString(protocol);
        var hello = Read(Build(0x0303, [0x1301], [(0x0010, [0, (byte)(bytes.Length + 1), (byte)bytes.Length, .. bytes])]));

        Assert.Equal($"t12i0101{expected}_", Ja4.Of(hello)[..11]);
    }

    [Theory]
    [InlineData(0x0301, "10")]
    [InlineData(0x0300, "s3")]
    [InlineData(0x7777, "00")]
    public void Of_NoExtensions_UsesTheVersionOfTheMessageAndHasNoHash(int version, string expected)
    {
        // SHA-256 of "002f", worked out apart from this code.
        const string CipherHash = "ba72b8082249";

        Assert.Equal($"t{expected}i010000_{CipherHash}_000000000000", Ja4.Of(Read(Build((ushort)version, [0x002F], null))));
    }

    [Fact]
    public void TryRead_CutAnywhere_IsIncompleteAndNeverThrows()
    {
        for (var length = 0; length < Hello.Length; length++)
        {
            Assert.Equal(ClientHelloStatus.Incomplete, ClientHello.TryRead(Hello.AsSpan(0, length), out _));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(50)]
    public void TryRead_MessageInSeveralRecords_IsTheSame(int size)
    {
        var message = Hello[5..];
        byte[] records = [.. message.Chunk(size).SelectMany(chunk => (byte[])[22, 3, 1, 0, (byte)chunk.Length, .. chunk])];

        Assert.Equal(Ja4.Of(Read(Hello)), Ja4.Of(Read(records)));
    }

    [Fact]
    public void TryRead_AnyByteChanged_GivesAStatus()
    {
        for (var at = 0; at < Hello.Length; at++)
        {
            for (var value = 0; value < 256; value++)
            {
                var changed = (byte[])Hello.Clone();
                changed[at] = (byte)value;
                var status = ClientHello.TryRead(changed, out var hello);
                Assert.Equal(status == ClientHelloStatus.Read, hello is not null);
                Assert.Equal(36, hello is null ? 36 : Ja4.Of(hello).Length);
            }
        }
    }

    [Fact]
    public void TryRead_RandomBytes_GivesAStatus()
    {
        const int Seed = 5;
        var random = new Random(Seed);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = new byte[random.Next(300)];
            random.NextBytes(bytes);
            Hello.AsSpan(0, Math.Min(random.Next(60), bytes.Length)).CopyTo(bytes);
            Assert.Equal(ClientHello.TryRead(bytes, out var hello) == ClientHelloStatus.Read, hello is not null);
        }
    }

    [Theory]
    [InlineData("474554202F20485454502F312E310D0A", ClientHelloStatus.NotClientHello)]
    [InlineData("1603010005020000000101", ClientHelloStatus.NotClientHello)]
    [InlineData("16030100040101FFFF", ClientHelloStatus.Malformed)]
    [InlineData("160301FFFF", ClientHelloStatus.Malformed)]
    [InlineData("1603010000", ClientHelloStatus.Malformed)]
    [InlineData("160301000101170301000100", ClientHelloStatus.Malformed)]
    public void TryRead_NoClientHello_SaysWhich(string bytes, ClientHelloStatus expected) =>
        Assert.Equal(expected, ClientHello.TryRead(Convert.FromHexString(bytes), out _));

    private static ClientHello Read(byte[] bytes)
    {
        Assert.Equal(ClientHelloStatus.Read, ClientHello.TryRead(bytes, out var hello));
        return hello!;
    }

    private static byte[] Build(ushort legacy, ushort[] ciphers, (ushort Type, byte[] Content)[]? extensions)
    {
        byte[] Number(int value) => [(byte)(value >> 8), (byte)value];
        byte[] Block(IEnumerable<byte> content) => [.. Number(content.Count()), .. content];
        byte[] body =
        [
            .. Number(legacy), .. new byte[32], 0, .. Block(ciphers.SelectMany(cipher => Number(cipher))), 1, 0,
            .. extensions is null ? [] : Block(extensions.SelectMany(extension => (byte[])[.. Number(extension.Type), .. Block(extension.Content)])),
        ];
        byte[] message = [1, 0, .. Number(body.Length), .. body];
        return [22, 3, 1, .. Number(message.Length), .. message];
    }
}
