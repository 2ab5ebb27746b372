using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Responses;

namespace Stillgate.Protocol.Requests;

/// <summary>An envelope while it is being read. Passed by reference: every request has one, and none outlives the reading.</summary>
internal struct EnvelopeDraft(string dialect, string? modelOfPath, bool isStreamOfPath)
{
    private static readonly RequestSettings NoSettings = new();
    private readonly EnvelopeNames _names = EnvelopeNames.Of(dialect);
    private ulong _seenRows;
    private List<string>? _seenOthers;
    private RequestSettings? _settings;
    private string? _model = modelOfPath;
    private string? _endCustomer;
    private bool _isStream = isStreamOfPath;
    private bool _isBackground;
    private bool _asksForUsage;
    private Range _conversation;
    private Range _systemPrompt;
    private Range _streamOptions;
    private bool _hasStreamOptions;

    /// <summary>Takes the member at whose name the reader stands; false where its name was there before.</summary>
    public bool TryTakeMember(ref Utf8JsonReader reader)
    {
        var row = _names.Find(ref reader);
        if (row < 0)
        {
            var name = reader.GetString()!;
            if (_seenOthers?.Contains(name, StringComparer.Ordinal) == true)
            {
                return false;
            }

            (_seenOthers ??= new List<string>(capacity: 1)).Add(name);
            JsonCursor.SkipValue(ref reader);
            return true;
        }

        if ((_seenRows & (1UL << row)) != 0)
        {
            return false;
        }

        _seenRows |= _names.Spellings(row);
        TakeField(ref reader, _names.Field(row));
        return true;
    }

    public readonly RequestEnvelope? ToEnvelope() => _model is null
        ? null
        : new RequestEnvelope
        {
            Dialect = dialect,
            Model = _model,
            IsStream = _isStream,
            Settings = _settings,
            EndCustomer = _endCustomer,
            AsksForUsage = _asksForUsage,
            IsBackground = _isBackground,
            Conversation = _conversation,
            SystemPrompt = _systemPrompt,
            StreamOptions = _streamOptions,
            HasStreamOptions = _hasStreamOptions,
        };

    private void TakeField(ref Utf8JsonReader reader, EnvelopeField field)
    {
        switch (field)
        {
            case EnvelopeField.Model:
                _model = ReadModel(ref reader);
                break;
            case EnvelopeField.Conversation:
                _conversation = ReadRange(ref reader);
                break;
            case EnvelopeField.SystemPrompt:
                _systemPrompt = ReadRange(ref reader);
                break;
            case EnvelopeField.EndCustomer:
                _endCustomer = JsonCursor.Word(ref reader) ?? _endCustomer;
                break;
            case EnvelopeField.Metadata:
                ReadMetadata(ref reader);
                break;
            case EnvelopeField.StreamOptions:
                _hasStreamOptions = true;
                ReadStreamOptions(ref reader);
                break;
            case EnvelopeField.GenerationConfig:
                ReadGenerationConfig(ref reader);
                break;
            case EnvelopeField.Background:
                _isBackground = JsonCursor.Bool(ref reader) == true;
                break;
            case EnvelopeField.Include:
                ReadInclude(ref reader);
                break;
            case EnvelopeField.Ignored:
                JsonCursor.SkipValue(ref reader);
                break;
            default:
                TakeSetting(ref reader, field);
                break;
        }
    }

    private void TakeSetting(ref Utf8JsonReader reader, EnvelopeField field)
    {
        var settings = _settings ?? NoSettings;
        switch (field)
        {
            case EnvelopeField.Stream:
                var stream = JsonCursor.Bool(ref reader);
                _isStream = stream == true;
                _settings = settings with { Stream = stream };
                break;
            case EnvelopeField.Temperature:
                _settings = settings with { Temperature = JsonCursor.Number(ref reader) };
                break;
            case EnvelopeField.TopP:
                _settings = settings with { TopP = JsonCursor.Number(ref reader) };
                break;
            case EnvelopeField.N:
                _settings = settings with { N = JsonCursor.Int(ref reader) };
                break;
            case EnvelopeField.Logprobs:
                _settings = settings with { Logprobs = ReadFlag(ref reader) };
                break;
            case EnvelopeField.LogitBias:
                _settings = settings with { LogitBias = ReadFlag(ref reader) };
                break;
            case EnvelopeField.MaxOutput:
                _settings = settings with { MaxOutputTokens = JsonCursor.Int(ref reader) ?? settings.MaxOutputTokens };
                break;
            default:
                _settings = settings with { Tools = ToolNames.Read(ref reader) };
                break;
        }
    }

    private static string? ReadModel(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String && reader.ValueSpan.Length is > 0 and <= EnvelopeParser.ModelBytesMax)
        {
            return reader.GetString();
        }

        reader.Skip();
        return null;
    }

    /// <summary>Set unless null, false, zero or empty; dialects differ in whether it is a flag, a number or an object.</summary>
    private static bool? ReadFlag(ref Utf8JsonReader reader)
    {
        reader.Read();
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return null;
            case JsonTokenType.False:
                return false;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                var before = reader.CurrentDepth;
                reader.Read();
                var empty = reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray;
                while (reader.CurrentDepth > before)
                {
                    reader.Read();
                }

                return !empty;
            default:
                return true;
        }
    }

    private static Range ReadRange(ref Utf8JsonReader reader)
    {
        reader.Read();
        var start = checked((int)reader.TokenStartIndex);
        reader.Skip();
        return start..checked((int)reader.BytesConsumed);
    }

    private void ReadGenerationConfig(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        while (JsonCursor.NextMember(ref reader))
        {
            var field = reader.GetString() switch
            {
                "temperature" => EnvelopeField.Temperature,
                "topP" or "top_p" => EnvelopeField.TopP,
                "candidateCount" or "candidate_count" => EnvelopeField.N,
                "maxOutputTokens" or "max_output_tokens" => EnvelopeField.MaxOutput,
                "responseLogprobs" or "response_logprobs" => EnvelopeField.Logprobs,
                _ => EnvelopeField.Ignored,
            };
            TakeField(ref reader, field);
        }
    }

    /// <summary>The responses API asks for log-probabilities by naming them among what to include.</summary>
    private void ReadInclude(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("message.output_text.logprobs"u8))
            {
                _settings = (_settings ?? NoSettings) with { Logprobs = true };
            }

            reader.Skip();
        }
    }

    private void ReadMetadata(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("user_id"u8))
            {
                _endCustomer = JsonCursor.Word(ref reader);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadStreamOptions(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        var start = checked((int)reader.TokenStartIndex);
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("include_usage"u8))
            {
                _asksForUsage = JsonCursor.Bool(ref reader) == true;
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }

        _streamOptions = start..checked((int)reader.BytesConsumed);
    }
}
