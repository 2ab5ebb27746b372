using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls.Ledgers;

/// <summary>An answer that is to be remembered once it has been served, so that it may come back as a turn.</summary>
internal sealed class ServedTurn(ServedTurns turns, ConversationChain chain, TimeSpan window)
{
    /// <summary>The answer was served.</summary>
    public void Note(string answer)
    {
        turns.Note(chain.Root, window);
        turns.Note(chain.AfterAnswer(answer), window);
    }
}
