using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Texts;

/// <summary>A piece of text to send: one message, or a whole conversation that ends with what is sent last.</summary>
/// <param name="Messages">At least one; roles as in the exchange log.</param>
/// <param name="Completion">The answer on record, or null.</param>
internal sealed record Prompt(IReadOnlyList<ChatMessage> Messages, string? Completion)
{
    /// <summary>What the last message says.</summary>
    public string Text => Messages[^1].Content;

    public static Prompt OfUser(string text, string? completion = null) => new([new ChatMessage("user", text)], completion);
}
