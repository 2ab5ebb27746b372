namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Reads <c>request.settings</c>.</summary>
internal static class SettingsPart
{
    private const string Path = "request.settings";

    public static RequestSettings? Read(ref LineReader reader)
    {
        if (reader.ObjectOrNullIsNull(Path))
        {
            return null;
        }

        var settings = new RequestSettings();
        while (reader.NextMember())
        {
            settings = ReadMember(ref reader, settings);
        }

        return settings;
    }

    private static RequestSettings ReadMember(ref LineReader reader, RequestSettings settings)
    {
        if (reader.NameIs("temperature"u8))
        {
            return settings with { Temperature = reader.NumberOrNull(Path + ".temperature") };
        }

        if (reader.NameIs("topP"u8))
        {
            return settings with { TopP = reader.NumberOrNull(Path + ".topP") };
        }

        if (reader.NameIs("n"u8))
        {
            return settings with { N = reader.IntOrNull(Path + ".n") };
        }

        if (reader.NameIs("logprobs"u8))
        {
            return settings with { Logprobs = reader.FlagOrNull(Path + ".logprobs") };
        }

        if (reader.NameIs("logitBias"u8))
        {
            return settings with { LogitBias = reader.FlagOrNull(Path + ".logitBias") };
        }

        if (reader.NameIs("maxOutputTokens"u8))
        {
            return settings with { MaxOutputTokens = reader.IntOrNull(Path + ".maxOutputTokens") };
        }

        if (reader.NameIs("stream"u8))
        {
            return settings with { Stream = reader.BoolOrNull(Path + ".stream") };
        }

        if (reader.NameIs("tools"u8))
        {
            return settings with { Tools = ReadTools(ref reader) };
        }

        reader.SkipValue();
        return settings;
    }

    private static List<string>? ReadTools(ref LineReader reader)
    {
        if (reader.ArrayOrNullIsNull(Path + ".tools"))
        {
            return null;
        }

        var tools = new List<string>();
        while (true)
        {
            reader.Next();
            if (reader.Token == System.Text.Json.JsonTokenType.EndArray)
            {
                return tools;
            }

            tools.Add(reader.CurrentString(Path + ".tools[]"));
        }
    }
}
