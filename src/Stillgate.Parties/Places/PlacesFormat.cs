using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillgate.Parties.Places;

/// <summary>The places file, version 1. <c>docs/formats/places.md</c> describes it; writer and reader share these numbers and nothing else.</summary>
internal static class PlacesFormat
{
    public const int Version = 1;
    public const int HeaderBytes = 256;
    public const int HashOffset = 24;
    public const int HashedFrom = 56;
    public const int SectionsOffset = 64;
    public const int SectionCount = 12;
    public const int RowHeadBytes = 16;
    public const int SourceCountMax = 32;

    /// <summary>Buckets of IPv6 lie within 2000::/3, where all addresses that are given out are.</summary>
    public const ulong V6Base = 0x2000_0000_0000_0000;
    public const int V4BucketBitsMax = 16;
    public const int V6BucketBitsMax = 17;

    public static ReadOnlySpan<byte> Magic => "SGPLACES"u8;

    public static int BucketOfV4(uint address, int bits) => (int)((ulong)address >> (32 - bits));

    public static int BucketOfV6(ulong high, int bits) => high < V6Base ? 0 : (int)Math.Min((high - V6Base) >> (61 - bits), (1UL << bits) - 1);

    public enum Section
    {
        Sources,
        V4Buckets,
        V4Starts,
        V4Rows,
        V6Buckets,
        V6Highs,
        V6Lows,
        V6Rows,
        Rows,
        NetworkNumbers,
        NetworkNameEnds,
        NetworkNames,
    }
}

/// <summary>The JSON of the first section.</summary>
/// <param name="Built">When the file was made.</param>
/// <param name="Sources">Its sources; a row's votes are in the order of those that say country.</param>
internal sealed record PlacesManifest(DateTimeOffset Built, IReadOnlyList<PlaceSource> Sources);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UseStringEnumConverter = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PlacesManifest))]
internal sealed partial class PlacesJson : JsonSerializerContext;
