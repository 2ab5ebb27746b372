using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Stillgate.Parties.Places;

namespace Stillgate.Server.Commands;

/// <summary>Places as JSON.</summary>
internal static class PlacesReport
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerOptions.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Word(PlaceSays says) => says.ToString().ToLowerInvariant();

    public static IReadOnlyList<string> Words(NetworkClasses classes) =>
        [.. Enum.GetValues<NetworkClasses>().Where(one => one != NetworkClasses.None && (classes & one) != 0).Select(one => one.ToString().ToLowerInvariant())];

    public static string Sources(string path, PlacesIndex index) => JsonSerializer.Serialize(
        new
        {
            File = path,
            index.Built,
            RangesV4 = index.RangeCounts.V4,
            RangesV6 = index.RangeCounts.V6,
            Sources = index.Sources.Select(Described),
        },
        Options);

    public static string Answer(IPAddress address, PlaceAnswer answer, PlaceFacts facts, PlacesIndex index)
    {
        var detail = index.Detail(answer);
        return JsonSerializer.Serialize(
            new
            {
                Address = address.ToString(),
                facts.Country,
                facts.Agreement,
                BasesSpeaking = answer.Speaking,
                BasesSupporting = answer.Supporting,
                Leading = answer.Leading.IsKnown ? answer.Leading.ToString() : null,
                Votes = detail.Votes.Select(vote => new { vote.Source, vote.Basis, Country = vote.Country.IsKnown ? vote.Country.ToString() : null }),
                Network = answer.Network == 0 ? null : new { Number = (uint?)answer.Network, Name = detail.NetworkName },
                NetworkClass = facts.Network,
                NetworkClasses = Words(answer.Classes),
                detail.Lists,
                DeclaredAgainstObserved = facts.Declared.ToString().ToLowerInvariant(),
                index.Built,
                Sources = index.Sources.Select(Described),
            },
            Options);
    }

    private static object Described(PlaceSource source) => new
    {
        source.Name,
        Says = Word(source.Says),
        source.Basis,
        source.Origin,
        source.Version,
        source.Licence,
        source.Notice,
        source.Sha256,
        source.Integrity,
        source.Retrieved,
        source.RangeCount,
        source.ContradictionCount,
    };
}
