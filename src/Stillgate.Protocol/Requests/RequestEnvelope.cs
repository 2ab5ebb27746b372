using System.Text;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Protocol.Requests;

/// <summary>
/// What the gateway must know of a request before it forwards it, read once. The body itself is forwarded as it came; the
/// conversation is read only if a record wants it.
/// </summary>
public sealed class RequestEnvelope
{
    /// <summary>The dialect that the body was read as.</summary>
    public required string Dialect { get; init; }

    /// <summary>The model as asked for; at most <see cref="EnvelopeParser.ModelBytesMax"/> bytes.</summary>
    public required string Model { get; init; }

    /// <summary>Whether the client asked for a stream.</summary>
    public bool IsStream { get; init; }

    /// <summary>What the client set, or null where it set nothing that the format knows.</summary>
    public RequestSettings? Settings { get; init; }

    /// <summary>The reseller's own customer, as the client names it, or null.</summary>
    public string? EndCustomer { get; init; }

    /// <summary>Whether the client asked for a usage chunk at the end of a stream (OpenAI chat).</summary>
    public bool AsksForUsage { get; init; }

    /// <summary>Whether the client asked that the answer be made in the background and fetched later (OpenAI responses).</summary>
    public bool IsBackground { get; init; }

    /// <summary>Where the value of the conversation lies in the body; empty where there is none.</summary>
    internal Range Conversation { get; init; }

    /// <summary>Where the value of the system prompt lies, for dialects that keep it apart; empty where there is none.</summary>
    internal Range SystemPrompt { get; init; }

    /// <summary>Where the object of stream options lies; empty where there is none.</summary>
    internal Range StreamOptions { get; init; }

    /// <summary>Whether the member is there, be it an object or not.</summary>
    internal bool HasStreamOptions { get; init; }

    /// <summary>The body, changed to ask for a usage chunk too; every other byte stays.</summary>
    /// <param name="body">The same bytes that the envelope was read from.</param>
    /// <param name="forwarded">The body as it would be forwarded: the same, or one in which other members were changed.</param>
    /// <returns>The new body.</returns>
    public byte[] AskForUsage(ReadOnlySpan<byte> body, ReadOnlySpan<byte> forwarded)
    {
        if (HasStreamOptions)
        {
            var options = body[StreamOptions];
            var asking = Encoding.UTF8.GetString(BodyRewriter.Rewrite(options.IsEmpty ? "{}"u8 : options, new Dictionary<string, string?> { ["include_usage"] = "true" }));
            return BodyRewriter.Rewrite(forwarded, new Dictionary<string, string?> { ["stream_options"] = asking });
        }

        // The object has a member already, the model: what is added follows a comma.
        return [.. forwarded[..forwarded.LastIndexOf((byte)'}')], .. ",\"stream_options\":{\"include_usage\":true}}"u8];
    }

    /// <summary>Reads the conversation.</summary>
    /// <param name="body">The same bytes that the envelope was read from.</param>
    /// <param name="isCut">Whether something was left out because of the bound on a record's text.</param>
    /// <returns>The messages, oldest first; empty where the body holds none that can be read.</returns>
    public IReadOnlyList<ChatMessage> ReadMessages(ReadOnlyMemory<byte> body, out bool isCut) =>
        ConversationReader.Read(body[SystemPrompt], body[Conversation], out isCut);
}
