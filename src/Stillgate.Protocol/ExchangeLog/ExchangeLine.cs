using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Reads one line of an exchange log.</summary>
public static class ExchangeLine
{
    /// <summary>Reads a line.</summary>
    /// <param name="line">UTF-8 bytes without the line end.</param>
    /// <param name="record">The exchange, when the result is true.</param>
    /// <param name="field">The field at fault, when the result is false; empty for the whole line.</param>
    /// <param name="expected">What was expected, when the result is false. Never holds the line's content.</param>
    /// <returns>Whether the line is an exchange of version 1.</returns>
    public static bool TryParse(ReadOnlySpan<byte> line, out ExchangeRecord? record, out string field, out string expected)
    {
        try
        {
            var reader = new LineReader(line);
            record = Parse(ref reader);
            (field, expected) = ("", "");
            return true;
        }
        catch (LineFormatException problem)
        {
            (record, field, expected) = (null, problem.Field, problem.Message);
            return false;
        }
        catch (JsonException)
        {
            // The exception's own message may quote the line, which holds content: it is not passed on.
            (record, field, expected) = (null, "", "expected a JSON object");
            return false;
        }
    }

    private static ExchangeRecord Parse(ref LineReader reader)
    {
        reader.Next();
        reader.BeginObject("");
        var draft = new ExchangeDraft();
        while (reader.NextMember())
        {
            ReadMember(ref reader, ref draft);
        }

        reader.End();
        return draft.Finish();
    }

    private static void ReadMember(ref LineReader reader, ref ExchangeDraft draft)
    {
        if (reader.NameIs("v"u8))
        {
            draft.Version = reader.IntOrNull("v");
        }
        else if (reader.NameIs("id"u8))
        {
            draft.Id = reader.RequiredString("id");
        }
        else if (reader.NameIs("at"u8))
        {
            draft.At = reader.RequiredTime("at");
        }
        else if (reader.NameIs("account"u8))
        {
            draft.Account = reader.RequiredString("account");
        }
        else if (reader.NameIs("organization"u8))
        {
            draft.Organization = reader.StringOrNull("organization");
        }
        else if (reader.NameIs("credential"u8))
        {
            draft.Credential = reader.StringOrNull("credential");
        }
        else if (reader.NameIs("endCustomer"u8))
        {
            draft.EndCustomer = reader.StringOrNull("endCustomer");
        }
        else if (reader.NameIs("client"u8))
        {
            draft.Client = ExchangeParts.ReadClient(ref reader);
        }
        else
        {
            ReadBodyMember(ref reader, ref draft);
        }
    }

    private static void ReadBodyMember(ref LineReader reader, ref ExchangeDraft draft)
    {
        if (reader.NameIs("dialect"u8))
        {
            draft.Dialect = reader.RequiredString("dialect");
        }
        else if (reader.NameIs("model"u8))
        {
            draft.Model = reader.RequiredString("model");
        }
        else if (reader.NameIs("request"u8))
        {
            draft.Request = ExchangeParts.ReadRequest(ref reader);
        }
        else if (reader.NameIs("response"u8))
        {
            draft.Response = ExchangeParts.ReadResponse(ref reader);
        }
        else if (reader.NameIs("sketch"u8))
        {
            draft.Sketch = ExchangeParts.ReadSketch(ref reader);
        }
        else if (reader.NameIs("status"u8))
        {
            draft.Status = reader.IntOrNull("status");
        }
        else if (reader.NameIs("durationMs"u8))
        {
            draft.DurationMs = reader.IntOrNull("durationMs");
        }
        else if (reader.NameIs("end"u8))
        {
            draft.End = reader.StringOrNull("end");
        }
        else if (reader.NameIs("endReason"u8))
        {
            draft.EndReason = reader.StringOrNull("endReason");
        }
        else if (reader.NameIs("changes"u8))
        {
            draft.Changes = ExchangeParts.ReadStrings(ref reader, "changes");
        }
        else if (reader.NameIs("decision"u8))
        {
            draft.Decision = DecisionJson.Read(ref reader);
        }
        else if (reader.NameIs("truncated"u8))
        {
            draft.Truncated = reader.BoolOrNull("truncated");
        }
        else
        {
            draft.Keep(reader.Name(), reader.Element());
        }
    }
}
