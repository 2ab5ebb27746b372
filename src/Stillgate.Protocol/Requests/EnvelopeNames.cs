using System.Text.Json;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Protocol.Requests;

/// <summary>The names of one dialect. A table rather than code, so that a duplicate is found by its row and a new dialect is a new table.</summary>
internal sealed class EnvelopeNames
{
    private static readonly EnvelopeNames OpenAiChat = new(
        ("model", EnvelopeField.Model),
        ("messages", EnvelopeField.Conversation),
        ("stream", EnvelopeField.Stream),
        ("temperature", EnvelopeField.Temperature),
        ("top_p", EnvelopeField.TopP),
        ("max_tokens", EnvelopeField.MaxOutput),
        ("max_completion_tokens", EnvelopeField.MaxOutput),
        ("n", EnvelopeField.N),
        ("logprobs", EnvelopeField.Logprobs),
        ("top_logprobs", EnvelopeField.Ignored),
        ("logit_bias", EnvelopeField.LogitBias),
        ("tools", EnvelopeField.Tools),
        ("tool_choice", EnvelopeField.Ignored),
        ("response_format", EnvelopeField.Ignored),
        ("stream_options", EnvelopeField.StreamOptions),
        ("stop", EnvelopeField.Ignored),
        ("seed", EnvelopeField.Ignored),
        ("user", EnvelopeField.EndCustomer),
        ("safety_identifier", EnvelopeField.EndCustomer));

    private static readonly EnvelopeNames AnthropicMessages = new(
        ("model", EnvelopeField.Model),
        ("messages", EnvelopeField.Conversation),
        ("system", EnvelopeField.SystemPrompt),
        ("max_tokens", EnvelopeField.MaxOutput),
        ("stream", EnvelopeField.Stream),
        ("temperature", EnvelopeField.Temperature),
        ("top_p", EnvelopeField.TopP),
        ("top_k", EnvelopeField.Ignored),
        ("tools", EnvelopeField.Tools),
        ("tool_choice", EnvelopeField.Ignored),
        ("thinking", EnvelopeField.Ignored),
        ("stop_sequences", EnvelopeField.Ignored),
        ("metadata", EnvelopeField.Metadata));

    private static readonly EnvelopeNames OpenAiCompletions = new(
        ("model", EnvelopeField.Model),
        ("prompt", EnvelopeField.Conversation),
        ("stream", EnvelopeField.Stream),
        ("temperature", EnvelopeField.Temperature),
        ("top_p", EnvelopeField.TopP),
        ("max_tokens", EnvelopeField.MaxOutput),
        ("n", EnvelopeField.N),
        ("best_of", EnvelopeField.Ignored),
        ("logprobs", EnvelopeField.Logprobs),
        ("logit_bias", EnvelopeField.LogitBias),
        ("stream_options", EnvelopeField.StreamOptions),
        ("user", EnvelopeField.EndCustomer));

    private static readonly EnvelopeNames OpenAiResponses = new(
        ("model", EnvelopeField.Model),
        ("input", EnvelopeField.Conversation),
        ("instructions", EnvelopeField.SystemPrompt),
        ("stream", EnvelopeField.Stream),
        ("temperature", EnvelopeField.Temperature),
        ("top_p", EnvelopeField.TopP),
        ("max_output_tokens", EnvelopeField.MaxOutput),
        ("top_logprobs", EnvelopeField.Logprobs),
        ("include", EnvelopeField.Include),
        ("tools", EnvelopeField.Tools),
        ("background", EnvelopeField.Background),
        ("reasoning", EnvelopeField.Ignored),
        ("user", EnvelopeField.EndCustomer),
        ("safety_identifier", EnvelopeField.EndCustomer));

    private static readonly EnvelopeNames OpenAiEmbeddings = new(
        ("model", EnvelopeField.Model),
        ("input", EnvelopeField.Conversation),
        ("dimensions", EnvelopeField.Ignored),
        ("encoding_format", EnvelopeField.Ignored),
        ("user", EnvelopeField.EndCustomer));

    // Gemini takes each name in both of protobuf's spellings; two spellings of one name count as that name twice.
    private static readonly EnvelopeNames Gemini = new(
        ("contents", EnvelopeField.Conversation),
        ("systemInstruction", EnvelopeField.SystemPrompt),
        ("system_instruction", EnvelopeField.SystemPrompt),
        ("generationConfig", EnvelopeField.GenerationConfig),
        ("generation_config", EnvelopeField.GenerationConfig),
        ("tools", EnvelopeField.Tools));

    private readonly (string Text, byte[] Utf8, EnvelopeField Field)[] _rows;

    private EnvelopeNames(params (string Name, EnvelopeField Field)[] rows)
    {
        _rows = [.. rows.Select(row => (row.Name, System.Text.Encoding.UTF8.GetBytes(row.Name), row.Field))];
    }

    public static EnvelopeNames Of(string dialect) => dialect switch
    {
        Dialects.OpenAiChat => OpenAiChat,
        Dialects.OpenAiCompletions => OpenAiCompletions,
        Dialects.OpenAiResponses => OpenAiResponses,
        Dialects.OpenAiEmbeddings => OpenAiEmbeddings,
        Dialects.AnthropicMessages or Dialects.AnthropicCountTokens => AnthropicMessages,
        Dialects.GeminiGenerate or Dialects.GeminiCountTokens => Gemini,
        _ => throw new ArgumentOutOfRangeException(nameof(dialect), dialect, "no request names for this dialect"),
    };

    /// <summary>Finds the row of the name at which the reader stands; escapes in the name are seen through. -1 for none.</summary>
    public int Find(ref Utf8JsonReader reader)
    {
        for (var row = 0; row < _rows.Length; row++)
        {
            if (reader.ValueTextEquals(_rows[row].Utf8))
            {
                return row;
            }
        }

        return -1;
    }

    /// <summary>Rows of the same field that are spellings of one name, as a set of bits with the row itself in it.</summary>
    public ulong Spellings(int row)
    {
        if (this != Gemini)
        {
            return 1UL << row;
        }

        var rows = 0UL;
        for (var other = 0; other < _rows.Length; other++)
        {
            rows |= _rows[other].Field == _rows[row].Field ? 1UL << other : 0;
        }

        return rows;
    }

    public EnvelopeField Field(int row) => row < 0 ? EnvelopeField.Ignored : _rows[row].Field;
}
