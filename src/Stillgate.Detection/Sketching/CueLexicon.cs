using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Stillgate.Detection.Sketching;

/// <summary>The word classes of <c>cue-lexicon.txt</c>, by token hash.</summary>
internal sealed class CueLexicon
{
    private const int FilterBits = 1 << 17;
    private readonly FrozenDictionary<ulong, Entry> _entries;

    // Most words are in no class: one bit test spares the dictionary.
    private readonly ulong[] _filter = new ulong[FilterBits / 64];

    private CueLexicon(Dictionary<ulong, Entry> entries)
    {
        _entries = entries.ToFrozenDictionary();
        foreach (var hash in entries.Keys.Append(MaskedText.NumberMask).Append(MaskedText.ClosingTagMask))
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
        var lengths = text.Lengths;
        var bracketed = text.Bracketed;
        for (var i = 0; i < tokens.Length; i++)
        {
            ulong word = tokens[i], stem4 = Starred(stems4[i]), stem6 = Starred(stems6[i]);
            if (!MayKnow(word) && !MayKnow(stem4) && !MayKnow(stem6))
            {
                continue;
            }

            var classes = word switch
            {
                MaskedText.NumberMask => UInt128.One << (int)CueClass.Number,
                MaskedText.ClosingTagMask => UInt128.One << (int)CueClass.Tag,
                MaskedText.QuoteMask => Known(tokens, i, stem4),
                _ => Known(tokens, i, word) | Known(tokens, i, stem4) | Known(tokens, i, stem6),
            };
            if (classes != UInt128.Zero)
            {
                rules.See(classes, i, unspaced: lengths[i] == 1, bracketed: lengths[i] != 0 && bracketed[i]);
            }
        }

        return rules.Found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool MayKnow(ulong hash) => (_filter[(hash % FilterBits) / 64] & (1UL << (int)(hash % 64))) != 0;

    private UInt128 Known(ReadOnlySpan<ulong> tokens, int at, ulong hash)
    {
        if (!MayKnow(hash) || !_entries.TryGetValue(hash, out var entry))
        {
            return UInt128.Zero;
        }

        var classes = entry.Classes;
        var rest = tokens[(at + 1)..];
        if (rest.Length == 0 || (entry.Second & NextBit(rest[0])) == 0)
        {
            return classes;
        }

        foreach (var (tail, cls) in entry.Phrases)
        {
            if (rest.StartsWith(tail))
            {
                classes |= cls;
            }
        }

        return classes;
    }

    private static ulong NextBit(ulong hash) => 1UL << (int)((hash >> 20) & 63);

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

        return new CueLexicon(drafts.ToDictionary(pair => pair.Key, pair => new Entry(pair.Value.Classes, pair.Value.Phrases.Aggregate(0UL, (bits, phrase) => bits | NextBit(phrase.Tail[0])), [.. pair.Value.Phrases])));
    }

    private static void AddLine(Dictionary<ulong, Draft> drafts, string[] words)
    {
        var cls = UInt128.One << (int)Enum.Parse<CueClass>(words[0], ignoreCase: true);
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
        if (word[0] == '=')
        {
            return [Starred(MaskedText.HashField(word.AsSpan(1)))];
        }

        if (word[^1] == '*')
        {
            // The scanner keeps the stems of four and of six letters: a longer stem is cut to the next of those.
            var letters = word.AsSpan(0, word.Length - 1);
            return [Starred(letters[0] is >= '\u0620' and <= '\u06FF' ? MaskedText.ArabicStem(letters) : MaskedText.HashWord(letters[..(letters.Length >= 6 ? 6 : 4)]))];
        }

        var text = new MaskedText();
        text.Scan(word.Replace('_', ' '));
        return text.Tokens.ToArray();
    }

    // Second: a bit for each word that may stand second in a phrase, which spares most words the phrases.
    private sealed record Entry(UInt128 Classes, ulong Second, (ulong[] Tail, UInt128 Class)[] Phrases);

    private sealed class Draft
    {
        public UInt128 Classes { get; set; }

        public List<(ulong[] Tail, UInt128 Class)> Phrases { get; } = [];
    }
}
