using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Stillgate.Protocol.Requests;

/// <summary>
/// A conversation as a chain of keyed hashes, one after each turn: two conversations have one hash only where every turn up to it
/// is the same. Turns are compared by their text without white space and without reasoning, so that a client may re-encode
/// and trim what it sends back; images and files count by their presence alone, and instructions (system and
/// developer messages) not at all: programs change them from request to request.
/// </summary>
public sealed class ConversationChain
{
    private readonly byte[] _key;

    private ConversationChain(byte[] key, List<ChainTurn> turns) => (_key, Turns) = (key, turns);

    /// <summary>The turns, oldest first. Messages of one side that follow one another are one turn.</summary>
    public IReadOnlyList<ChainTurn> Turns { get; }

    /// <summary>Names whose conversation it is, as far as the key does.</summary>
    public UInt128 Owner => BinaryPrimitives.ReadUInt128LittleEndian(_key);

    /// <summary>The hash of the conversation's first turn, which all of its requests share; zero where there is none.</summary>
    public UInt128 Root => Turns.Count == 0 ? 0 : Turns[0].After;

    /// <summary>The hash of everything before the answer. Words that the client put into the model's mouth as the answer's beginning belong to the answer.</summary>
    public UInt128 BeforeAnswer => Turns.Count == 0 ? 0 : Turns[^1].IsModel ? Turns[^1].Before : Turns[^1].After;

    /// <summary>Reads the chain of a request.</summary>
    /// <param name="envelope">The request.</param>
    /// <param name="body">The bytes that the envelope was read from.</param>
    /// <param name="key">The key of the hashes, its owner's alone; 16 bytes or more.</param>
    /// <returns>The chain; without turns where the body holds no conversation.</returns>
    public static ConversationChain Read(RequestEnvelope envelope, ReadOnlyMemory<byte> body, byte[] key)
    {
        ArgumentNullException.ThrowIfNull(envelope);
        var turns = new List<ChainTurn>();
        var json = body[envelope.Conversation];
        if (!json.IsEmpty)
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = EnvelopeParser.DepthMax });
            Walk(document.RootElement, key, turns);
        }

        return new ConversationChain(key, turns);
    }

    /// <summary>The hash after the answer, as the next request will have it.</summary>
    /// <param name="answer">The answer's text.</param>
    /// <returns>The hash.</returns>
    public UInt128 AfterAnswer(string answer)
    {
        var begun = Turns.Count > 0 && Turns[^1].IsModel ? Turns[^1].Text : "";
        return Next(_key, BeforeAnswer, isModel: true, begun + TurnText.Normalize(answer));
    }

    private static void Walk(JsonElement conversation, byte[] key, List<ChainTurn> turns)
    {
        if (conversation.ValueKind != JsonValueKind.Array)
        {
            Close(isModel: false, 0, 1, TurnText.Of(conversation), key, turns);
            return;
        }

        var text = new StringBuilder();
        var (first, position, isModel, isOpen) = (0, 0, false, false);
        foreach (var message in conversation.EnumerateArray())
        {
            if (TurnText.IsInstruction(message))
            {
                position++;
                continue;
            }

            var isNext = TurnText.IsModel(message);
            if (isOpen && isNext != isModel)
            {
                Close(isModel, first, position, text.ToString(), key, turns);
                text.Clear();
                first = position;
            }

            (isModel, isOpen) = (isNext, true);
            text.Append(TurnText.Of(message));
            position++;
        }

        if (isOpen)
        {
            Close(isModel, first, position, text.ToString(), key, turns);
        }
    }

    private static void Close(bool isModel, int first, int end, string text, byte[] key, List<ChainTurn> turns)
    {
        var before = turns.Count == 0 ? UInt128.Zero : turns[^1].After;
        turns.Add(new ChainTurn(isModel, first, end, text, before, Next(key, before, isModel, text)));
    }

    private static UInt128 Next(byte[] key, UInt128 before, bool isModel, string text)
    {
        Span<byte> head = stackalloc byte[17];
        BinaryPrimitives.WriteUInt128LittleEndian(head, before);
        head[16] = isModel ? (byte)1 : (byte)0;
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hash.AppendData(head);
        hash.AppendData(Encoding.UTF8.GetBytes(text));
        Span<byte> whole = stackalloc byte[32];
        hash.GetHashAndReset(whole);
        return BinaryPrimitives.ReadUInt128LittleEndian(whole);
    }
}
