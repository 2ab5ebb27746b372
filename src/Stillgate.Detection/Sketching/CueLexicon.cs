using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stillgate.Detection.Sketching;

/// <summary>The word classes of <c>cue-lexicon.txt</c>, by token hash.</summary>
internal sealed class CueLexicon
{
    private const int FilterBits = 1 << 14;
    private readonly FrozenDictionary<ulong, Entry> _entries;

    // Most words are in no class: one bit test spares the dictionary.
    private readonly ulong[] _filter = new ulong[FilterBits / 64];

    private CueLexicon(Dictionary<ulong, Entry> entries)
    {
        _entries = entries.ToFrozenDictionary();
        foreach (var hash in entries.Keys)
        {
            _filter[(hash % FilterBits) / 64] |= 1UL << (int)(hash % 64);
        }
    }

    /// <summary>The lexicon that ships with this build.</summary>
    public static CueLexicon Shipped { get; } = Load();

    /// <summary>Finds the cues of a scanned text.</summary>
    public Cues Find(MaskedText text)
    {
        Span<int> lastSeen = stackalloc int[(int)CueClass.Count];
        CueRules.Reset(lastSeen);
        var rules = new CueRules(lastSeen);
        var tokens = text.Tokens;
        var stems4 = text.Stems4;
        var stems6 = text.Stems6;
        for (var i = 0; i < tokens.Length; i++)
        {
            var classes = tokens[i] switch
            {
                MaskedText.NumberMask => 1u << (int)CueClass.Number,
                MaskedText.ClosingTagMask => 1u << (int)CueClass.Tag,
                _ => Lookup(tokens, i, tokens[i]) | Lookup(tokens, i, Starred(stems4[i])) | Lookup(tokens, i, Starred(stems6[i])),
            };
            if (classes != 0)
            {
                rules.See(classes, i);
            }
        }

        return rules.Found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint Lookup(ReadOnlySpan<ulong> tokens, int at, ulong hash) =>
        hash == 0 || (_filter[(hash % FilterBits) / 64] & (1UL << (int)(hash % 64))) == 0 ? 0 : Known(tokens, at, hash);

    private uint Known(ReadOnlySpan<ulong> tokens, int at, ulong hash)
    {
        if (!_entries.TryGetValue(hash, out var entry))
        {
            return 0;
        }

        var classes = entry.Classes;
        foreach (var (tail, cls) in entry.Phrases)
        {
            if (at + tail.Length < tokens.Length && tokens.Slice(at + 1, tail.Length).SequenceEqual(tail))
            {
                classes |= cls;
            }
        }

        return classes;
    }

    // A stem must not be taken for the whole word of the same letters.
    private static ulong Starred(ulong stem) => stem == 0 ? 0 : ~stem;

    private static CueLexicon Load()
    {
        const string name = "Stillgate.Detection.Sketching.cue-lexicon.txt";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The build lacks the resource {name}.");
        using var reader = new StreamReader(stream);
        var drafts = new Dictionary<ulong, Draft>();
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0 && line[0] != '#')
            {
                AddLine(drafts, line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            }
        }

        return new CueLexicon(drafts.ToDictionary(pair => pair.Key, pair => new Entry(pair.Value.Classes, [.. pair.Value.Phrases])));
    }

    private static void AddLine(Dictionary<ulong, Draft> drafts, string[] words)
    {
        var cls = 1u << (int)Enum.Parse<CueClass>(words[0], ignoreCase: true);
        foreach (var word in words.AsSpan(1))
        {
            var tokens = Tokens(word);
            if (!drafts.TryGetValue(tokens[0], out var draft))
            {
                drafts[tokens[0]] = draft = new Draft();
            }

            if (tokens.Length == 1)
            {
                draft.Classes |= cls;
            }
            else
            {
                draft.Phrases.Add((tokens[1..], cls));
            }
        }
    }

    private static ulong[] Tokens(string word)
    {
        if (word[^1] == '*')
        {
            // The scanner keeps the stems of four and of six letters: a longer stem is cut to the next of those.
            var letters = word.AsSpan(0, word.Length - 1);
            return [Starred(MaskedText.HashWord(letters[..(letters.Length >= 6 ? 6 : 4)]))];
        }

        var text = new MaskedText();
        text.Scan(word.Replace('_', ' '));
        return text.Tokens.ToArray();
    }

    private readonly record struct Entry(uint Classes, (ulong[] Tail, uint Class)[] Phrases);

    private sealed class Draft
    {
        public uint Classes { get; set; }

        public List<(ulong[] Tail, uint Class)> Phrases { get; } = [];
    }
}
