using System.Text.Json.Serialization;

namespace Stillgate.Server.Demo;

/// <summary>How the demo writes JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(DemoEvent))]
internal sealed partial class DemoJson : JsonSerializerContext;
