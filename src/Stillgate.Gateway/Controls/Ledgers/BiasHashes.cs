using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>Owners and tokens as the ledger of biases knows them: hashes under a key of the store, so that what is kept names nobody.</summary>
internal sealed class BiasHashes(ControlKeys keys)
{
    private readonly byte[] _key = keys.OfBiases();

    public UInt128 OfAccount(string account) => BinaryPrimitives.ReadUInt128LittleEndian(Hash("a:" + account));

    public UInt128 OfCampaign(string campaign) => BinaryPrimitives.ReadUInt128LittleEndian(Hash("c:" + campaign));

    public ulong OfToken(string token)
    {
        // Two values stand for what is no token.
        var hash = BinaryPrimitives.ReadUInt64LittleEndian(Hash("t:" + token));
        return hash > BiasEntry.Logprobs ? hash : hash + 2;
    }

    private byte[] Hash(string text) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(text));
}
