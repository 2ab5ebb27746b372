using System.Text.Json;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// Gemini generateContent. A stream is either events (<c>alt=sse</c>) or one JSON array that grows; each element has the form of a
/// whole body, and the last says why the model stopped.
/// </summary>
internal sealed class GeminiAccumulator : ResponseAccumulator
{
    private int _candidateTokens;
    private int _thoughtTokens;

    private protected override (int, int, int) OwnState() => (_candidateTokens, _thoughtTokens, 0);

    private protected override void OnEvent(in SseEvent sse)
    {
        var reader = new Utf8JsonReader(sse.Data, ReaderOptions);
        reader.Read();
        Walk(ref reader);
        IsComplete |= Finish is not null;
    }

    private protected override void OnBody(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, ReaderOptions);
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (JsonCursor.NextObject(ref reader))
            {
                Walk(ref reader);
            }
        }
        else
        {
            Walk(ref reader);
        }

        IsComplete = true;
    }

    private void Walk(ref Utf8JsonReader reader)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("candidates"u8) && JsonCursor.EnterArray(ref reader))
            {
                while (JsonCursor.NextObject(ref reader))
                {
                    ReadCandidate(ref reader);
                }
            }
            else if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }
            else if (reader.ValueTextEquals("usageMetadata"u8) && JsonCursor.EnterObject(ref reader))
            {
                ReadUsage(ref reader);
            }
            else if (reader.TokenType != JsonTokenType.PropertyName)
            {
                continue;
            }
            else
            {
                HasError |= reader.ValueTextEquals("error"u8);
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadCandidate(ref Utf8JsonReader reader)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("finishReason"u8))
            {
                Finish = JsonCursor.Word(ref reader) ?? Finish;
            }
            else if (reader.ValueTextEquals("content"u8))
            {
                if (JsonCursor.EnterObject(ref reader))
                {
                    ReadContent(ref reader);
                }
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadContent(ref Utf8JsonReader reader)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (!reader.ValueTextEquals("parts"u8))
            {
                JsonCursor.SkipValue(ref reader);
            }
            else if (JsonCursor.EnterArray(ref reader))
            {
                while (JsonCursor.NextObject(ref reader))
                {
                    ReadPart(ref reader);
                }
            }
        }
    }

    private void ReadPart(ref Utf8JsonReader reader)
    {
        // "thought" may stand after the text: a part is walked twice, from a copy of the reader that costs nothing.
        var ahead = reader;
        var isThought = false;
        while (JsonCursor.NextMember(ref ahead))
        {
            if (ahead.ValueTextEquals("thought"u8))
            {
                isThought = JsonCursor.Bool(ref ahead) == true;
            }
            else
            {
                JsonCursor.SkipValue(ref ahead);
            }
        }

        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("text"u8))
            {
                reader.Read();
                (isThought ? Reasoning : Text).Append(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("functionCall"u8))
            {
                reader.Read();
                Text.Append((Text.IsEmpty ? "" : "\n") + "[tool_call] " + JsonElement.ParseValue(ref reader).GetRawText());
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadUsage(ref Utf8JsonReader reader)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("promptTokenCount"u8))
            {
                InputTokenCount = JsonCursor.Int(ref reader) ?? InputTokenCount;
            }
            else if (reader.ValueTextEquals("candidatesTokenCount"u8))
            {
                _candidateTokens = JsonCursor.Int(ref reader) ?? _candidateTokens;
                OutputTokenCount = _candidateTokens + _thoughtTokens;
            }
            else if (reader.ValueTextEquals("thoughtsTokenCount"u8))
            {
                _thoughtTokens = JsonCursor.Int(ref reader) ?? _thoughtTokens;
                OutputTokenCount = _candidateTokens + _thoughtTokens;
                ReasoningTokenCount = _thoughtTokens;
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }
}
