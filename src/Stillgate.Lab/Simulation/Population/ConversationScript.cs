using Stillgate.Lab.Simulation.Texts;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Population;

/// <summary>Turns a conversation into its successive requests, each of which carries the whole conversation so far, as the APIs need it.</summary>
internal static class ConversationScript
{
    public static IEnumerable<Content> Turns(Prompt dialogue, string? system, RequestSettings? settings, LanguageTexts texts, Chance chance)
    {
        var messages = new List<ChatMessage>();
        if (system is not null)
        {
            messages.Add(new ChatMessage("system", system));
        }

        var opens = true;
        for (var index = 0; index < dialogue.Messages.Count; index++)
        {
            var message = dialogue.Messages[index];
            messages.Add(message);
            if (message.Role != "user" && index < dialogue.Messages.Count - 1)
            {
                continue;
            }

            var next = index + 1 < dialogue.Messages.Count ? dialogue.Messages[index + 1] : null;
            var answer = next is { Role: "assistant" } ? next.Content : dialogue.Completion ?? texts.Answer(chance);
            yield return new Content { Messages = [.. messages], Settings = settings, Answer = answer, Opens = opens };
            opens = false;
        }
    }
}
