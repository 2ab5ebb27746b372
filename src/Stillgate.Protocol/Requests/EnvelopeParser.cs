using System.Text.Json;

namespace Stillgate.Protocol.Requests;

/// <summary>Reads a request's envelope in one pass over its bytes.</summary>
public static class EnvelopeParser
{
    /// <summary>Deepest nesting that is read. Tool schemas reach about 20.</summary>
    public const int DepthMax = 128;

    /// <summary>Most top-level members. No dialect has 64.</summary>
    public const int MembersMax = 256;

    /// <summary>Longest model name, in bytes: it becomes a label and a part of rules.</summary>
    public const int ModelBytesMax = 256;

    /// <summary>Reads the envelope.</summary>
    /// <param name="dialect">One of <see cref="ExchangeLog.Dialects.All"/> that has a body with its model.</param>
    /// <param name="body">The whole body, UTF-8.</param>
    /// <param name="envelope">The envelope, when the result is <see cref="EnvelopeFault.None"/>.</param>
    /// <returns>What is wrong with the body, if anything.</returns>
    public static EnvelopeFault Parse(string dialect, ReadOnlySpan<byte> body, out RequestEnvelope? envelope) =>
        Parse(dialect, body, modelOfPath: null, isStreamOfPath: false, out envelope);

    /// <summary>Reads the envelope of a dialect whose model and manner stand in the path.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="body">The whole body, UTF-8.</param>
    /// <param name="modelOfPath">The model that the path names, or null.</param>
    /// <param name="isStreamOfPath">Whether the path asks for a stream.</param>
    /// <param name="envelope">The envelope, when the result is <see cref="EnvelopeFault.None"/>.</param>
    /// <returns>What is wrong with the body, if anything.</returns>
    public static EnvelopeFault Parse(string dialect, ReadOnlySpan<byte> body, string? modelOfPath, bool isStreamOfPath, out RequestEnvelope? envelope)
    {
        envelope = null;
        var draft = new EnvelopeDraft(dialect, modelOfPath, isStreamOfPath);
        try
        {
            var reader = new Utf8JsonReader(body, new JsonReaderOptions { MaxDepth = DepthMax });
            var fault = Walk(ref reader, ref draft);
            if (fault != EnvelopeFault.None)
            {
                return fault;
            }
        }
        catch (JsonException)
        {
            return DepthOf(body) > DepthMax ? EnvelopeFault.TooDeep : EnvelopeFault.NotJson;
        }
        catch (InvalidOperationException)
        {
            // A name or a value that is not valid Unicode: the reader can walk it but not give it as text.
            return EnvelopeFault.NotJson;
        }

        envelope = draft.ToEnvelope();
        return envelope is null ? EnvelopeFault.NoModel : EnvelopeFault.None;
    }

    private static EnvelopeFault Walk(ref Utf8JsonReader reader, ref EnvelopeDraft draft)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return EnvelopeFault.NotAnObject;
        }

        var members = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (++members > MembersMax)
            {
                return EnvelopeFault.TooManyMembers;
            }

            if (!draft.TryTakeMember(ref reader))
            {
                return EnvelopeFault.DuplicateMember;
            }
        }

        // The reader throws on anything but white space after the object.
        reader.Read();
        return EnvelopeFault.None;
    }

    /// <summary>Nesting of a body that the JSON reader refused: counts brackets outside strings, to give the client the right reason.</summary>
    private static int DepthOf(ReadOnlySpan<byte> body)
    {
        int depth = 0, deepest = 0;
        var inString = false;
        for (var i = 0; i < body.Length; i++)
        {
            switch (body[i])
            {
                case (byte)'\\' when inString:
                    i++;
                    break;
                case (byte)'"':
                    inString = !inString;
                    break;
                case (byte)'{' or (byte)'[' when !inString:
                    deepest = Math.Max(deepest, ++depth);
                    break;
                case (byte)'}' or (byte)']' when !inString:
                    depth--;
                    break;
            }
        }

        return deepest;
    }
}
