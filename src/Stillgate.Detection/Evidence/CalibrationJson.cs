using System.Text.Json.Serialization;

namespace Stillgate.Detection.Evidence;

/// <summary>JSON of calibrations.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = false, UnmappedMemberHandling = JsonUnmappedMemberHandling.Skip, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CalibrationSet))]
internal sealed partial class CalibrationJson : JsonSerializerContext;
