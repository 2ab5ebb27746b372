using System.Text.Json;
using Stillgate.Protocol.Streaming;

namespace Stillgate.Protocol.Responses;

/// <summary>
/// OpenAI responses. A stream tells its text in deltas and repeats the whole in its last event; only the deltas are taken, and from
/// the last event the usage and the status. Reasoning is what is shown of it: summaries, or the text that open models give.
/// </summary>
internal sealed class OpenAiResponsesAccumulator : ResponseAccumulator
{
    private protected override bool IsLastEvent(ReadOnlySpan<byte> block) => block.StartsWith("event: response.completed\ndata:"u8) && block.Count((byte)'\n') == 1;

    private protected override (int, int, int) OwnState() => default;

    private protected override void OnEvent(in SseEvent sse)
    {
        if (sse.Data.SequenceEqual("[DONE]"u8))
        {
            IsComplete = true;
            return;
        }

        var reader = new Utf8JsonReader(sse.Data, ReaderOptions);
        reader.Read();
        if (sse.Type.SequenceEqual("response.output_text.delta"u8)
            || sse.Type.SequenceEqual("response.refusal.delta"u8)
            || sse.Type.SequenceEqual("response.function_call_arguments.delta"u8))
        {
            TakeDelta(ref reader, Text);
        }
        else if (sse.Type.StartsWith("response.reasoning"u8) && sse.Type.EndsWith(".delta"u8))
        {
            TakeDelta(ref reader, Reasoning);
        }
        else if (sse.Type.SequenceEqual("response.output_item.added"u8))
        {
            TakeItemHead(ref reader);
        }
        else if (sse.Type.SequenceEqual("error"u8) || sse.Type.SequenceEqual("response.failed"u8))
        {
            HasError = true;
            IsComplete = true;
        }
        else if (sse.Type.SequenceEqual("response.completed"u8) || sse.Type.SequenceEqual("response.incomplete"u8))
        {
            WalkEnd(ref reader);
            IsComplete = true;
        }
    }

    private protected override void OnBody(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, ReaderOptions);
        reader.Read();
        Walk(ref reader, withOutput: true);
        IsComplete = true;
    }

    private static void TakeDelta(ref Utf8JsonReader reader, TextBuffer into)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("delta"u8))
            {
                reader.Read();
                into.Append(ref reader);
                reader.Skip();
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void TakeItemHead(ref Utf8JsonReader reader)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("item"u8) && JsonCursor.EnterObject(ref reader))
            {
                ReadItem(ref reader);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void WalkEnd(ref Utf8JsonReader reader)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("response"u8) && JsonCursor.EnterObject(ref reader))
            {
                Walk(ref reader, withOutput: false);
            }
            else if (reader.TokenType == JsonTokenType.PropertyName)
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void Walk(ref Utf8JsonReader reader, bool withOutput)
    {
        while (JsonCursor.NextMember(ref reader))
        {
            if (reader.ValueTextEquals("status"u8))
            {
                Finish = JsonCursor.Word(ref reader);
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                HasError |= reader.TokenType != JsonTokenType.Null;
                reader.Skip();
            }
            else if (withOutput && reader.ValueTextEquals("output"u8))
            {
                ReadItems(ref reader);
            }
            else if (reader.ValueTextEquals("usage"u8))
            {
                ReadUsage(ref reader, UsageNames.Responses);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private void ReadItems(ref Utf8JsonReader reader)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return;
        }

        while (JsonCursor.NextObject(ref reader))
        {
            ReadItem(ref reader);
        }
    }

    private void ReadItem(ref Utf8JsonReader reader)
    {
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
            else if (reader.ValueTextEquals("content"u8))
            {
                ReadParts(ref reader, Text);
            }
            else if (reader.ValueTextEquals("summary"u8))
            {
                ReadParts(ref reader, Reasoning);
            }
            else
            {
                JsonCursor.SkipValue(ref reader);
            }
        }
    }

    private static void ReadParts(ref Utf8JsonReader reader, TextBuffer into)
    {
        if (!JsonCursor.EnterArray(ref reader))
        {
            return;
        }

        while (JsonCursor.NextObject(ref reader))
        {
            while (JsonCursor.NextMember(ref reader))
            {
                if (reader.ValueTextEquals("text"u8) || reader.ValueTextEquals("refusal"u8))
                {
                    reader.Read();
                    into.Append(ref reader);
                    reader.Skip();
                }
                else
                {
                    JsonCursor.SkipValue(ref reader);
                }
            }
        }
    }
}
