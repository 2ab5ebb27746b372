namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Reads the nested objects of an exchange's line. Members that this build does not know are skipped there.</summary>
internal static class ExchangeParts
{
    public static ClientEvidence? ReadClient(ref LineReader reader)
    {
        if (reader.ObjectOrNullIsNull("client"))
        {
            return null;
        }

        string? ip = null, tls = null, userAgent = null;
        while (reader.NextMember())
        {
            if (reader.NameIs("ip"u8))
            {
                ip = reader.StringOrNull("client.ip");
            }
            else if (reader.NameIs("tls"u8))
            {
                tls = reader.StringOrNull("client.tls");
            }
            else if (reader.NameIs("userAgent"u8))
            {
                userAgent = reader.StringOrNull("client.userAgent");
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new ClientEvidence { Ip = ip, Tls = tls, UserAgent = userAgent };
    }

    public static ExchangeRequest ReadRequest(ref LineReader reader)
    {
        if (reader.ObjectOrNullIsNull("request"))
        {
            return ExchangeRequest.Empty;
        }

        IReadOnlyList<ChatMessage>? messages = null;
        RequestSettings? settings = null;
        while (reader.NextMember())
        {
            if (reader.NameIs("messages"u8))
            {
                messages = ReadMessages(ref reader);
            }
            else if (reader.NameIs("settings"u8))
            {
                settings = SettingsPart.Read(ref reader);
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new ExchangeRequest { Messages = messages, Settings = settings };
    }

    public static ExchangeResponse? ReadResponse(ref LineReader reader)
    {
        if (reader.ObjectOrNullIsNull("response"))
        {
            return null;
        }

        string? text = null, reasoning = null, finish = null;
        int? input = null, output = null, thought = null;
        while (reader.NextMember())
        {
            if (reader.NameIs("text"u8))
            {
                text = reader.StringOrNull("response.text");
            }
            else if (reader.NameIs("reasoning"u8))
            {
                reasoning = reader.StringOrNull("response.reasoning");
            }
            else if (reader.NameIs("finish"u8))
            {
                finish = reader.StringOrNull("response.finish");
            }
            else if (reader.NameIs("inputTokens"u8))
            {
                input = reader.IntOrNull("response.inputTokens");
            }
            else if (reader.NameIs("outputTokens"u8))
            {
                output = reader.IntOrNull("response.outputTokens");
            }
            else if (reader.NameIs("reasoningTokens"u8))
            {
                thought = reader.IntOrNull("response.reasoningTokens");
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new ExchangeResponse
        {
            Text = text,
            Reasoning = reasoning,
            Finish = finish,
            InputTokens = input,
            OutputTokens = output,
            ReasoningTokens = thought,
        };
    }

    public static List<string>? ReadStrings(ref LineReader reader, string path)
    {
        if (reader.ArrayOrNullIsNull(path))
        {
            return null;
        }

        var values = new List<string>();
        while (true)
        {
            reader.Next();
            if (reader.Token == System.Text.Json.JsonTokenType.EndArray)
            {
                return values;
            }

            values.Add(reader.CurrentString($"{path}[]"));
        }
    }

    public static ExchangeSketch? ReadSketch(ref LineReader reader)
    {
        if (reader.ObjectOrNullIsNull("sketch"))
        {
            return null;
        }

        int? version = null;
        string? key = null;
        byte[]? bits = null;
        while (reader.NextMember())
        {
            if (reader.NameIs("v"u8))
            {
                version = reader.IntOrNull("sketch.v");
            }
            else if (reader.NameIs("key"u8))
            {
                key = reader.RequiredString("sketch.key");
            }
            else if (reader.NameIs("bits"u8))
            {
                bits = reader.Base64("sketch.bits");
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new ExchangeSketch(
            version ?? throw new LineFormatException("sketch.v", "missing; the format needs it"),
            key ?? throw new LineFormatException("sketch.key", "missing; the format needs it"),
            bits ?? throw new LineFormatException("sketch.bits", "missing; the format needs it"));
    }

    private static List<ChatMessage>? ReadMessages(ref LineReader reader)
    {
        if (reader.ArrayOrNullIsNull("request.messages"))
        {
            return null;
        }

        var messages = new List<ChatMessage>();
        while (true)
        {
            reader.Next();
            if (reader.Token == System.Text.Json.JsonTokenType.EndArray)
            {
                return messages;
            }

            messages.Add(ReadMessage(ref reader, messages.Count));
        }
    }

    private static ChatMessage ReadMessage(ref LineReader reader, int index)
    {
        if (reader.Token != System.Text.Json.JsonTokenType.StartObject)
        {
            throw LineReader.Expected($"request.messages[{index}]", "an object with role and content");
        }

        string? role = null, content = null;
        while (reader.NextMember())
        {
            if (reader.NameIs("role"u8))
            {
                role = Shared(reader.StringOrNull("request.messages[].role"));
            }
            else if (reader.NameIs("content"u8))
            {
                reader.Next();
                content = reader.Token == System.Text.Json.JsonTokenType.Null ? "" : reader.CurrentString($"request.messages[{index}].content");
            }
            else
            {
                reader.SkipValue();
            }
        }

        return new ChatMessage(
            role ?? throw new LineFormatException($"request.messages[{index}].role", "missing; the format needs it"),
            content ?? throw new LineFormatException($"request.messages[{index}].content", "missing; the format needs it"));
    }

    // Roles are a handful of words repeated on every line: one string each.
    private static string? Shared(string? role) => role switch
    {
        "user" => "user",
        "assistant" => "assistant",
        "system" => "system",
        "tool" => "tool",
        _ => role,
    };
}
