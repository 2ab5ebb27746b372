using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>The form of <c>decision</c> in a line of the exchange log.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ExchangeDecision))]
internal sealed partial class DecisionJson : JsonSerializerContext
{
    public static ExchangeDecision? Read(ref LineReader reader)
    {
        try
        {
            return reader.Element().Deserialize(Default.ExchangeDecision);
        }
        catch (JsonException)
        {
            throw LineReader.Expected("decision", "an object with outcome, or null");
        }
    }

    public static void Write(Utf8JsonWriter json, ExchangeDecision? decision)
    {
        if (decision is not null)
        {
            json.WritePropertyName("decision");
            JsonSerializer.Serialize(json, decision, Default.ExchangeDecision);
        }
    }
}
