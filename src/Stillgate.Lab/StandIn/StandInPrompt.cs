using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;

namespace Stillgate.Lab.StandIn;

/// <summary>What a stand-in reads of a request, and the answer that follows from it.</summary>
internal sealed class StandInPrompt
{
    private static readonly string[] Words =
    [
        "the", "gate", "keeps", "still", "water", "while", "a", "river", "runs", "past", "every", "stone", "and", "each", "word", "here",
        "is", "drawn", "from", "your", "prompt", "alone", "né", "über", "水", "静か", "тихо", "🌊", "so", "nothing", "was", "understood",
    ];

    private readonly byte[] _hash;

    public StandInPrompt(JsonElement request, int seed)
    {
        Model = request.TryGetProperty("model", out var model) && model.ValueKind == JsonValueKind.String ? model.GetString()! : "stand-in";
        IsStream = request.TryGetProperty("stream", out var stream) && stream.ValueKind == JsonValueKind.True;
        WantsUsage = request.TryGetProperty("stream_options", out var options) && options.ValueKind == JsonValueKind.Object
            && options.TryGetProperty("include_usage", out var usage) && usage.ValueKind == JsonValueKind.True;
        WantsReasoning = request.TryGetProperty("thinking", out var thinking) && thinking.ValueKind == JsonValueKind.Object;
        TokensMax = Limit(request, "max_completion_tokens") ?? Limit(request, "max_tokens") ?? int.MaxValue;
        var conversation = request.TryGetProperty("messages", out var messages) ? messages.GetRawText() : "";
        InputTokens = Math.Max(1, conversation.Length / 4);
        _hash = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{seed}\n{Model}\n{conversation}"));
    }

    public string Model { get; }

    public bool IsStream { get; }

    public bool WantsUsage { get; }

    public bool WantsReasoning { get; }

    public int TokensMax { get; }

    public int InputTokens { get; }

    /// <summary>An id that follows from the prompt, so that the same request gives the same bytes.</summary>
    public string Id => Convert.ToHexStringLower(_hash.AsSpan(0, 12));

    /// <summary>A number from 0 up to 1 that follows from the prompt and the seed.</summary>
    public double Draw => BinaryPrimitives.ReadUInt32LittleEndian(_hash.AsSpan(28)) / (uint.MaxValue + 1.0);

    /// <summary>Words drawn from the prompt's hash: the same prompt has the same answer, and no answer means anything.</summary>
    public IEnumerable<string> Answer(int tokens)
    {
        var state = BinaryPrimitives.ReadUInt64LittleEndian(_hash) | 1;
        for (var i = 0; i < tokens; i++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            var word = Words[(int)(state % (ulong)Words.Length)];
            yield return i == 0 ? word : " " + word;
        }
    }

    private static int? Limit(JsonElement request, string name) =>
        request.TryGetProperty(name, out var limit) && limit.ValueKind == JsonValueKind.Number && limit.TryGetInt32(out var value) && value > 0 ? value : null;
}
