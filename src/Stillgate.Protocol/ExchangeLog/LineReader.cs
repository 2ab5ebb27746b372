using System.Globalization;
using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>
/// A cursor over one JSON line that knows the path of the field it stands at, so that a problem can name it.
/// Every <c>Read*</c> throws <see cref="LineFormatException"/>, which never carries the line's content.
/// </summary>
internal ref struct LineReader
{
    private Utf8JsonReader _json;

    public LineReader(ReadOnlySpan<byte> line)
    {
        _json = new Utf8JsonReader(line, new JsonReaderOptions { MaxDepth = 64 });
    }

    public readonly JsonTokenType Token => _json.TokenType;

    public void Next()
    {
        if (!_json.Read())
        {
            throw new LineFormatException("", "the JSON ends too early");
        }
    }

    public void BeginObject(string path)
    {
        if (_json.TokenType != JsonTokenType.StartObject)
        {
            throw Expected(path, "an object");
        }
    }

    /// <summary>Moves to the next member of the current object; false at its end. The cursor then stands at the name.</summary>
    public bool NextMember()
    {
        Next();
        return _json.TokenType == JsonTokenType.PropertyName;
    }

    public readonly bool NameIs(ReadOnlySpan<byte> name) => _json.ValueTextEquals(name);

    public readonly string Name() => _json.GetString()!;

    /// <summary>Reads a value that may be null; the cursor must stand at its name.</summary>
    public string? StringOrNull(string path)
    {
        Next();
        return _json.TokenType == JsonTokenType.Null ? null : CurrentString(path);
    }

    public string RequiredString(string path)
    {
        Next();
        var value = CurrentString(path);
        return value.Length > 0 ? value : throw Expected(path, "a string that is not empty");
    }

    public readonly string CurrentString(string path)
    {
        if (_json.TokenType != JsonTokenType.String)
        {
            throw Expected(path, "a string");
        }

        try
        {
            return _json.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape or bytes that are not UTF-8: the text cannot be represented.
            throw Expected(path, "valid Unicode text");
        }
    }

    public int? IntOrNull(string path)
    {
        Next();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return _json.TokenType == JsonTokenType.Number && _json.TryGetInt32(out var value) ? value : throw Expected(path, "an integer or null");
    }

    public long? LongOrNull(string path)
    {
        Next();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return _json.TokenType == JsonTokenType.Number && _json.TryGetInt64(out var value) ? value : throw Expected(path, "an integer or null");
    }

    public double? NumberOrNull(string path)
    {
        Next();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        return _json.TokenType == JsonTokenType.Number && _json.TryGetDouble(out var value) && double.IsFinite(value)
            ? value
            : throw Expected(path, "a number or null");
    }

    public bool? BoolOrNull(string path)
    {
        Next();
        return _json.TokenType switch
        {
            JsonTokenType.Null => null,
            JsonTokenType.True => true,
            JsonTokenType.False => false,
            _ => throw Expected(path, "true, false or null"),
        };
    }

    /// <summary>Reads a flag that some writers give as an object or array instead of a boolean: anything but null and false counts as set.</summary>
    public bool? FlagOrNull(string path)
    {
        Next();
        switch (_json.TokenType)
        {
            case JsonTokenType.Null: return null;
            case JsonTokenType.False: return false;
            case JsonTokenType.True: return true;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                _json.Skip();
                return true;
            case JsonTokenType.Number:
                return true;
            default: throw Expected(path, "true, false or null");
        }
    }

    public DateTimeOffset? TimeOrNull(string path)
    {
        Next();
        return _json.TokenType == JsonTokenType.Null ? null : CurrentTime(path);
    }

    public DateTimeOffset RequiredTime(string path)
    {
        Next();
        return CurrentTime(path);
    }

    public DateOnly? DayOrNull(string path)
    {
        Next();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return null;
        }

        var text = CurrentString(path);
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return day;
        }

        // A full time is accepted for its day, because operators export either.
        return _json.TryGetDateTimeOffset(out var at)
            ? DateOnly.FromDateTime(InUtc(at).UtcDateTime)
            : throw Expected(path, "a date such as 2026-05-01, or null");
    }

    /// <summary>True when the next value is null, which is then consumed; false when an object begins.</summary>
    public bool ObjectOrNullIsNull(string path)
    {
        Next();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        BeginObject(path);
        return false;
    }

    public bool ArrayOrNullIsNull(string path)
    {
        Next();
        if (_json.TokenType == JsonTokenType.Null)
        {
            return true;
        }

        return _json.TokenType == JsonTokenType.StartArray ? false : throw Expected(path, "an array or null");
    }

    public byte[] Base64(string path)
    {
        Next();
        if (_json.TokenType != JsonTokenType.String || !_json.TryGetBytesFromBase64(out var bytes))
        {
            throw Expected(path, "base64 text");
        }

        return bytes;
    }

    public JsonElement Element()
    {
        Next();
        return JsonElement.ParseValue(ref _json);
    }

    public void SkipValue()
    {
        Next();
        _json.Skip();
    }

    /// <summary>After the outermost object: anything but white space is an error.</summary>
    public void End()
    {
        if (_json.Read())
        {
            throw new LineFormatException("", "one JSON object on the line");
        }
    }

    public static LineFormatException Expected(string path, string what) => new(path, "expected " + what);

    // The reader takes a time without an offset for one of this machine's zone: the same log would say different things on two machines.
    private readonly DateTimeOffset InUtc(DateTimeOffset at)
    {
        const int dateLength = 10;
        var text = _json.ValueSpan;
        var hasOffset = text.Length > dateLength && text[dateLength..].IndexOfAny("Zz+-"u8) >= 0;
        return hasOffset ? at.ToUniversalTime() : new DateTimeOffset(at.DateTime, TimeSpan.Zero);
    }

    private readonly DateTimeOffset CurrentTime(string path)
    {
        if (_json.TokenType == JsonTokenType.String && _json.TryGetDateTimeOffset(out var at))
        {
            return InUtc(at);
        }

        throw Expected(path, "an RFC 3339 time in UTC such as 2026-05-01T12:00:00.123Z");
    }
}
