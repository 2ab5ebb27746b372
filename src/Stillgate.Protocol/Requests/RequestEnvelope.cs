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

    /// <summary>The stream options as the client sent them, but asking for a usage chunk too.</summary>
    /// <param name="body">The same bytes that the envelope was read from.</param>
    /// <returns>Raw JSON for the member <c>stream_options</c>.</returns>
    public string StreamOptionsWithUsage(ReadOnlySpan<byte> body)
    {
        var options = body[StreamOptions];
        return Encoding.UTF8.GetString(BodyRewriter.Rewrite(options.IsEmpty ? "{}"u8 : options, new Dictionary<string, string?> { ["include_usage"] = "true" }));
    }

    /// <summary>Reads the conversation.</summary>
    /// <param name="body">The same bytes that the envelope was read from.</param>
    /// <param name="isCut">Whether something was left out because of the bound on a record's text.</param>
    /// <returns>The messages, oldest first; empty where the body holds none that can be read.</returns>
    public IReadOnlyList<ChatMessage> ReadMessages(ReadOnlyMemory<byte> body, out bool isCut) =>
        ConversationReader.Read(body[SystemPrompt], body[Conversation], out isCut);
}
