using System.Text.Json;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// OpenAI chat completions, legacy completions and the usage of embeddings. A stream's chunk and a whole body differ only in <c>delta</c> and <c>message</c>, so one walk reads
/// both. The usage chunk of <c>stream_options.include_usage</c> has no choices; some providers put usage beside choices instead.
/// </summary>
internal sealed class OpenAiChatAccumulator : ResponseAccumulator
{
    private const int ChoicesMax = 128;
    private int _lastChoice;
    private int _finishedCount;
    private int _choiceCount = 1;

    private protected override bool IsLastEvent(ReadOnlySpan<byte> block) => block.SequenceEqual("data: [DONE]"u8) || block.SequenceEqual("data:[DONE]"u8);

    private protected override (int, int, int) OwnState() => (_lastChoice, _finishedCount, _choiceCount);

    private protected override void OnEvent(in SseEvent sse)
    {
        if (sse.Data.SequenceEqual("[DONE]"u8))
        {
            IsComplete = true;
            return;
        }

        Walk(sse.Data);

        // Providers that leave out [DONE] still say why each choice stopped.
        IsComplete |= _finishedCount >= _choiceCount;
    }

    private protected override void OnBody(ReadOnlySpan<byte> body)
    {
        Walk(body);
        IsComplete = true;
    }

    private void Walk(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, ReaderOptions);
        reader.Read();
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("choices"u8))
            {
                ReadChoices(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref reader, UsageNames.Chat);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                HasError |= reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadChoices(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return;
        }

        for (var position = 0; JsonCursor.NextObject(ref reader); position++)
        {
            ReadChoice(ref reader, position);
        }
    }

    private void ReadChoice(ref Utf8JsonReader reader, int position)
    {
        var index = position;
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("index"u8))
            {
                index = JsonCursor.Int(ref reader) ?? position;
            }
            else if (reader.ValueTextEquals("delta"u8) || reader.ValueTextEquals("message"u8))
            {
                TurnTo(index);
                ReadMessage(ref reader);
            }
            else if (reader.ValueTextEquals("text"u8))
            {
                TurnTo(index);
                reader.Read();
                Text.Append(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("finish_reason"u8))
            {
                if (JsonCursor.Word(ref reader) is { } word)
                {
                    Finish = word;
                    _finishedCount++;
                }
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    /// <summary>Choices share one text, a line break between them: the record has one, and exposure counts all of it.</summary>
    private void TurnTo(int index)
    {
        if (index == _lastChoice || index >= ChoicesMax)
        {
            return;
        }

        _lastChoice = index;
        _choiceCount = Math.Max(_choiceCount, index + 1);
        if (!Text.IsEmpty)
        {
            Text.Append("\n");
        }
    }

    private void ReadMessage(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("content"u8) || reader.ValueTextEquals("refusal"u8))
            {
                reader.Read();
                Text.Append(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("reasoning_content"u8) || reader.ValueTextEquals("reasoning"u8))
            {
                reader.Read();
                Reasoning.Append(ref reader);
                reader.Skip();
            }
            else if (reader.ValueTextEquals("tool_calls"u8))
            {
                ReadToolCalls(ref reader);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadToolCalls(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return;
        }

        while (JsonCursor.NextObject(ref reader))
        {
            while (JsonCursor.NextMember(ref reader))
            {
                if (reader.ValueTextEquals("function"u8))
                {
                    ReadFunction(ref reader);
                }
                else
                {
                    JsonCursor.SkipValue(ref reader);
                }
            }
        }
    }

    private void ReadFunction(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterObject(ref reader))
        {
            return;
        }

        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("name"u8))
            {
                AppendToolName(JsonCursor.Word(ref reader));
            }
            else if (reader.ValueTextEquals("arguments"u8))
            {
                reader.Read();
                Text.Append(ref reader);
                reader.Skip();
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }
}
