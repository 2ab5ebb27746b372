using System.Text.Json.Serialization;

namespace Stillgate.Lab.Simulation;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AccountLabel))]
[JsonSerializable(typeof(SimulationSummary))]
internal sealed partial class SimulationJson : JsonSerializerContext;
