using System.Text.Json;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// Anthropic messages. In a stream the usage of <c>message_start</c> gives the input and that of <c>message_delta</c> the output,
/// cumulatively. Signatures, citations, pings and unknown events are passed over: they belong to the client alone.
/// </summary>
internal sealed class AnthropicMessagesAccumulator : ResponseAccumulator
{
    private int _uncachedInput;
    private int _writtenToCache;
    private int _readFromCache;

    private protected override bool IsLastEvent(ReadOnlySpan<byte> block) => block.StartsWith("event: message_stop\ndata:"u8) && block.Count((byte)'\n') == 1;

    private protected override (int, int, int) OwnState() => (_uncachedInput, _writtenToCache, _readFromCache);

    private protected override void OnEvent(in SseEvent sse)
    {
        var reader = new Utf8JsonReader(sse.Data, ReaderOptions);
        reader.Read();
        if (sse.Type.SequenceEqual("message_stop"u8))
        {
            IsComplete = true;
        }
        else if (sse.Type.SequenceEqual("error"u8))
        {
            HasError = true;
        }
        else
        {
            Walk(ref reader);
        }
    }

    private protected override void OnBody(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, ReaderOptions);
        reader.Read();
        Walk(ref reader);
        IsComplete = true;
    }

    /// <summary>One walk serves the body and every event, since their members do not clash.</summary>
    private void Walk(ref Utf8JsonReader reader)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("content_block"u8))
            {
                ReadBlock(ref reader);
            }
            else if (reader.ValueTextEquals("content"u8))
            {
                ReadBlocks(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref reader);
            }
            else if (reader.ValueTextEquals("stop_reason"u8))
            {
                Finish = JsonCursor.Word(ref reader) ?? Finish;
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                if (JsonCursor.EnterObject(ref reader))
                {
                    Walk(ref reader);
                }
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                HasError = true;
                JsonCursor.SkipValue(ref reader);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadBlocks(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return;
        }

        while (JsonCursor.NextObject(ref reader))
        {
            ReadBlockMembers(ref reader);
        }
    }

    private void ReadBlock(ref Utf8JsonReader reader)
    {
        if (JsonCursor.EnterObject(ref reader))
        {
            ReadBlockMembers(ref reader);
        }
    }

    private void ReadBlockMembers(ref Utf8JsonReader reader)
    {
        var isToolUse = false;
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("type"u8))
            {
                reader.Read();
                isToolUse = reader.TokenType == JsonTokenType.String && reader.ValueTextEquals("tool_use"u8);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("partial_json"u8))
            {
                reader.Read();
                Text.Append(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("thinking"u8))
            {
                reader.Read();
                Reasoning.Append(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("stop_reason"u8))
            {
                Finish = JsonCursor.Word(ref reader) ?? Finish;
            }
            else if (isToolUse && reader.ValueTextEquals("name"u8))
            {
                AppendToolName(JsonCursor.Word(ref reader));
            }
            else if (isToolUse && reader.ValueTextEquals("input"u8))
            {
                // A stream begins with an empty object and sends the rest as partial_json.
                reader.Read();
                var input = JsonElement.ParseValue(ref reader).GetRawText();
                Text.Append(input == "{}" ? "" : input);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        while (JsonCursor.NextMember(ref reader))
        {
            // Every count is a total so far: what message_delta repeats replaces what message_start said.
            if (reader.ValueTextEquals("input_tokens"u8))
            {
                _uncachedInput = JsonCursor.Int(ref reader) ?? _uncachedInput;
                InputTokenCount = _uncachedInput + _writtenToCache + _readFromCache;
            }
            else if (reader.ValueTextEquals("cache_creation_input_tokens"u8))
            {
                _writtenToCache = JsonCursor.Int(ref reader) ?? _writtenToCache;
                InputTokenCount = _uncachedInput + _writtenToCache + _readFromCache;
            }
            else if (reader.ValueTextEquals("cache_read_input_tokens"u8))
            {
                _readFromCache = JsonCursor.Int(ref reader) ?? _readFromCache;
                InputTokenCount = _uncachedInput + _writtenToCache + _readFromCache;
            }
            else if (reader.ValueTextEquals("output_tokens"u8))
            {
                OutputTokenCount = JsonCursor.Int(ref reader) ?? OutputTokenCount;
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }
}
