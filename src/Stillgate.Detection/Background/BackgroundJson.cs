using System.Text.Json.Serialization;

namespace Stillgate.Detection.Background;

/// <summary>JSON of backgrounds.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(BackgroundSet))]
internal sealed partial class BackgroundJson : JsonSerializerContext;
