using System.IO.Hashing;
using System.Runtime.InteropServices;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Sketching;

/// <summary>
/// Computes sketches from text. Deterministic under its key; keeps nothing of the text but a bounded cache of hashes of system prompts.
/// Not safe for use by two threads at once.
/// </summary>
public sealed class ExchangeSketcher : IDisposable
{
    private const int SystemCacheMax = 512;
    private readonly SketchKey _key;
    private readonly KeyedHasher _hasher;
    private readonly MaskedText _text = new();
    private readonly ShingleSample _shingles = new();
    private readonly Dictionary<ulong, SystemSketch> _systems = [];
    private readonly SketchContent _scratch = new();

    /// <summary>Creates a sketcher.</summary>
    /// <param name="key">The key of its hashes.</param>
    public ExchangeSketcher(SketchKey key)
    {
        _key = key;
        _hasher = new KeyedHasher(key);
    }

    /// <summary>Replaces the content of an exchange by its sketch.</summary>
    /// <param name="record">The exchange, with content.</param>
    /// <returns>The same exchange without messages, answer and reasoning. One that already carries a sketch keeps that one.</returns>
    public ExchangeRecord WithoutContent(ExchangeRecord record)
    {
        var sketch = record.Sketch;
        if (sketch is null)
        {
            Sketch(record, _scratch);
            sketch = SketchCodec.Encode(_scratch, _key.Id);
        }

        return record with
        {
            Request = new ExchangeRequest { Settings = record.Request.Settings },
            Response = record.Response is { } response ? response with { Text = null, Reasoning = null } : null,
            Sketch = sketch,
        };
    }

    /// <summary>Sketches an exchange that carries its text.</summary>
    /// <param name="record">The exchange.</param>
    /// <param name="into">Receives the sketch; what it held is cleared.</param>
    public void Sketch(ExchangeRecord record, SketchContent into)
    {
        into.Clear();
        var turns = Turns.Of(record.Request.Messages);
        var system = System(turns.System);
        into.SystemId = system.Id;
        into.Cues = system.Cues;
        into.Traits = turns.Traits | ScriptReader.Of(turns.LastUser) | Settings(record.Request.Settings, into);
        into.UserTurnCount = turns.UserCount;
        if (system.Id != 0)
        {
            into.Traits |= RequestTraits.System;
        }

        SketchUser(turns, system, into);
        SketchTokens(record.Response, turns, into);
    }

    /// <inheritdoc/>
    public void Dispose() => _hasher.Dispose();

    private static ulong Exact(ReadOnlySpan<char> text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text));

    private static void SketchTokens(ExchangeResponse? response, in Turns turns, SketchContent into)
    {
        into.InputTokenCount = response?.InputTokens ?? (turns.CharCount / 4);
        if (response is null)
        {
            return;
        }

        // Bytes per token differ by script: ideographs are about one token each, letters about four to a token.
        into.OutputTokenCount = response.OutputTokens ?? (TokenEstimate.Of(response.Text) + TokenEstimate.Of(response.Reasoning));
        into.ReasoningTokenCount = response.ReasoningTokens ?? TokenEstimate.Of(response.Reasoning);
    }

    private RequestTraits Settings(RequestSettings? settings, SketchContent into)
    {
        if (settings is null)
        {
            return RequestTraits.None;
        }

        into.TemperatureHundredths = settings.Temperature is { } temperature ? (int)Math.Clamp(Math.Round(temperature * 100), 0, 1000) : -1;
        into.CompletionCount = Math.Clamp(settings.N ?? 1, 1, 255);
        var traits = RequestTraits.None;
        traits |= settings.Logprobs == true ? RequestTraits.Logprobs : RequestTraits.None;
        traits |= settings.LogitBias == true ? RequestTraits.LogitBias : RequestTraits.None;
        traits |= settings.Stream == true ? RequestTraits.Stream : RequestTraits.None;
        if (settings.Tools is { Count: > 0 } tools)
        {
            traits |= RequestTraits.Tools;
            ulong hash = 0;
            foreach (var tool in tools)
            {
                hash += Exact(tool) | 1;
            }

            into.ToolsId = _hasher.One(hash, (ulong)tools.Count);
        }

        return traits;
    }

    private SystemSketch System(string? system)
    {
        if (string.IsNullOrEmpty(system))
        {
            return SystemSketch.None;
        }

        // Harness prompts are long and come again with every request: each is scanned once.
        var exact = Exact(system);
        if (_systems.TryGetValue(exact, out var known))
        {
            return known;
        }

        _text.Scan(system);
        _hasher.Begin();
        _hasher.Add(AnchorKind.System, TokenSpan.Whole(_text.Tokens));
        _hasher.Add(AnchorKind.SystemPrefix, TokenSpan.Prefix(_text, 12));
        _shingles.Sample(_text.Tokens, SystemSketch.ShinglesMax);
        foreach (var (first, second) in _shingles.Chosen)
        {
            _hasher.Add(AnchorKind.SystemShingle, (first, second));
        }

        var hashes = _hasher.End();
        var sketch = new SystemSketch(hashes[0], hashes.ToArray(), Find(system));
        if (_systems.Count >= SystemCacheMax)
        {
            _systems.Clear();
        }

        _systems[exact] = sketch;
        return sketch;
    }

    // The cues of the text that was scanned last. A word of the lexicon is a reason to look, not to find: the wording as a whole must come near as well. Of grades and
    // steps the model was taught nothing.
    private Cues Find(string text)
    {
        var found = CueModel.Shipped.Find(text, out var seconds);
        var known = CueLexicon.Shipped.Find(_text);
        return found | (seconds ? known : known & ~CueModel.Taught);
    }

    private void SketchUser(in Turns turns, SystemSketch system, SketchContent into)
    {
        _text.Scan(turns.LastUser);
        into.PromptTokenCount = Math.Min(_text.Count, MaskedText.TokensMax);
        into.Cues |= Find(turns.LastUser);
        if (_text.HasCode)
        {
            into.Traits |= RequestTraits.Code;
        }

        _hasher.Begin();
        _hasher.Add(AnchorKind.Content, (Exact(turns.LastUser), (ulong)turns.LastUser.Length));
        _hasher.Add(AnchorKind.Conversation, (Exact(turns.FirstUser), Exact(turns.System)));
        AddAnchors();
        var hashes = _hasher.End();
        into.ContentId = hashes[0];
        into.ConversationId = hashes[1];
        foreach (var anchor in system.Anchors)
        {
            AddAnchor(into, anchor);
        }

        AddAnchor(into, into.ToolsId);
        foreach (var anchor in hashes[2..])
        {
            AddAnchor(into, anchor);
        }

        Embedder.Embed(_text, into.Embedding);
    }

    private void AddAnchors()
    {
        foreach (var words in (ReadOnlySpan<int>)[6, 12, 24])
        {
            if (TokenSpan.Reaches(_text, words))
            {
                _hasher.Add(AnchorKind.Prefix, TokenSpan.Prefix(_text, words));
            }
        }

        foreach (var words in (ReadOnlySpan<int>)[6, 12])
        {
            if (TokenSpan.Reaches(_text, words + 4))
            {
                _hasher.Add(AnchorKind.Suffix, TokenSpan.Suffix(_text, words));
            }
        }

        _shingles.Sample(_text.Tokens, most: 6);
        foreach (var (first, second) in _shingles.Chosen)
        {
            _hasher.Add(AnchorKind.Shingle, (first, second));
        }
    }

    private static void AddAnchor(SketchContent into, ulong anchor)
    {
        if (anchor != 0 && into.AnchorCount < into.Anchors.Length)
        {
            into.Anchors[into.AnchorCount++] = anchor;
        }
    }
}
