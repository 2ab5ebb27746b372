using System.Text.Json.Serialization;
using Stillgate.Lab.Simulation.Contrast;

namespace Stillgate.Lab.Simulation.Texts;

/// <summary>Reads the embedded text files; an unknown member is an error, so that a misspelt list cannot be lost.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(LanguageTexts))]
[JsonSerializable(typeof(Dictionary<string, ContrastTexts>))]
internal sealed partial class TextsJson : JsonSerializerContext;
