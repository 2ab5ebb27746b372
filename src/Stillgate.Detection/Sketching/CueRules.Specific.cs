namespace Stillgate.Detection.Sketching;

/// <content>
/// Rules over the lexicon's second part. Each asks for two to four classes of which at least one is a phrase that ordinary requests
/// hardly use, so that windows may be wider: in scripts without spaces, where a token is one character, twice as many tokens.
/// </content>
internal ref partial struct CueRules
{
    private static readonly UInt128 Reasons = Bit(CueClass.Reason) | Bit(CueClass.Thinking) | Bit(CueClass.TraceNoun) | Bit(CueClass.Bracketed);

    // What each group of rules cannot do without: most texts never show it, and are spared the rest.
    private static readonly UInt128 TraceKeys = Reasons | Bit(CueClass.FieldThought);
    private static readonly UInt128 HindsightKeys = Bit(CueClass.Lead) | Bit(CueClass.Hindsight) | Bit(CueClass.Fill) | Bit(CueClass.FieldRationale);
    private static readonly UInt128 PretenceKeys = Bit(CueClass.Authority) | Bit(CueClass.Auth) | Bit(CueClass.Fault) | Bit(CueClass.Debug) | Bit(CueClass.Secret);
    private static readonly UInt128 InventionKeys = Bit(CueClass.Item) | Bit(CueClass.Assistant) | Bit(CueClass.FieldTask);
    private static readonly UInt128 AgentKeys = Bit(CueClass.Episode);

    // The classes of the lexicon's first part that these rules use; all later ones count.
    private static readonly UInt128 Used = Reasons | Bit(CueClass.Answer) | Bit(CueClass.Tag) | Bit(CueClass.Tags) | Bit(CueClass.Full) | Bit(CueClass.Before)
        | Bit(CueClass.Number) | Bit(CueClass.Diverse) | Bit(CueClass.Debug) | Bit(CueClass.Auth) | Bit(CueClass.LabelAction) | Bit(CueClass.LabelObs)
        | ~(Bit(CueClass.Thinking) - 1);

    private static UInt128 Bit(CueClass cls) => UInt128.One << (int)cls;

    private void SeeSpecific(UInt128 classes, int at, bool unspaced, bool bracketed)
    {
        if ((classes & Used) == UInt128.Zero)
        {
            return;
        }

        _seen |= classes;
        if (bracketed)
        {
            Mark((classes & Reasons) != UInt128.Zero, CueClass.BracketedReason, at);
            Mark((classes & Bit(CueClass.Answer)) != UInt128.Zero, CueClass.BracketedAnswer, at);
        }

        var scale = unspaced ? 2 : 1;
        int clause = 14 * scale, sentence = 26 * scale;
        SeePairs(at, 3 * scale, 8 * scale);
        if (Seen(TraceKeys))
        {
            SeeTraces(at, clause, sentence);
        }

        if (Seen(HindsightKeys))
        {
            SeeHindsight(at, clause, sentence);
        }

        if (Seen(PretenceKeys))
        {
            SeePretences(at, clause, sentence);
        }

        if (Seen(InventionKeys))
        {
            SeeInventions(at, clause, sentence);
        }

        if (Seen(AgentKeys))
        {
            SeeAgents(at, sentence);
        }
    }

    private readonly bool Seen(UInt128 keys) => (_seen & keys) != UInt128.Zero;

    private readonly void SeePairs(int at, int beside, int close)
    {
        // A chain, a process, a log, the hidden part: of thoughts.
        Mark(Near(CueClass.Strand, at, beside) && ReasonNear(at, beside), CueClass.TraceNoun, at);
        if (Near(CueClass.Not, at, beside))
        {
            Mark(Near(CueClass.Cut, at, beside), CueClass.Unabridged, at);
            Mark(Near(CueClass.Same, at, beside), CueClass.NoRepeat, at);
        }

        Mark(Near(CueClass.Might, at, beside) && Near(CueClass.Asks, at, beside), CueClass.WouldAsk, at);
        Mark(Near(CueClass.Raise, at, close) && Near(CueClass.Burden, at, close), CueClass.Heavier, at);
    }

    private void SeeTraces(int at, int clause, int sentence)
    {
        var reason = ReasonNear(at, sentence);
        if (!reason && !Near(CueClass.FieldThought, at, sentence))
        {
            return;
        }

        var trace = Near(CueClass.TraceNoun, at, sentence);
        var unabridged = Near(CueClass.Unabridged, at, sentence);
        var bracketed = Near(CueClass.BracketedReason, at, sentence) && (Near(CueClass.BracketedAnswer, at, sentence) || unabridged || WholeNear(at, clause) || (reason && Near(CueClass.Tag, at, clause)));
        var tagged = (trace || (reason && unabridged)) && (Near(CueClass.Tags, at, clause) || Near(CueClass.Tag, at, clause));
        var uncut = reason && unabridged && Near(CueClass.Answer, at, sentence) && (trace || WholeNear(at, sentence) || Near(CueClass.Before, at, sentence));
        if (bracketed || tagged || uncut || (Near(CueClass.FieldThought, at, sentence) && Near(CueClass.FieldAnswer, at, sentence)))
        {
            Found |= Cues.InlineTrace;
        }

        if (Near(CueClass.Tidy, at, clause) && Near(CueClass.TraceNoun, at, clause))
        {
            Found |= Cues.TraceCleaning;
        }
    }

    private void SeeHindsight(int at, int clause, int sentence)
    {
        var reason = ReasonNear(at, sentence);
        var lead = Near(CueClass.Lead, at, sentence);
        var known = Near(CueClass.Known, at, sentence);
        var hindsight = Near(CueClass.Hindsight, at, sentence);
        var labelled = Near(CueClass.Labelled, at, sentence) && Near(CueClass.FieldRationale, at, sentence);
        var filled = reason && Near(CueClass.Fill, at, clause) && Near(CueClass.Gap, at, clause) && ReasonNear(at, clause);
        if (filled || (known && lead && (reason || hindsight)) || (hindsight && (reason || lead) && Near(CueClass.Answer, at, sentence)) || labelled)
        {
            Found |= Cues.Rationale;
        }
    }

    private void SeePretences(int at, int clause, int sentence)
    {
        var trace = Near(CueClass.TraceNoun, at, sentence);
        var unabridged = Near(CueClass.Unabridged, at, sentence);
        var whole = WholeNear(at, sentence);
        var disclosed = Near(CueClass.Disclose, at, sentence) && (trace || ReasonNear(at, sentence)) && (unabridged || whole);
        if (disclosed && (Near(CueClass.Fault, at, sentence) || Near(CueClass.Debug, at, sentence)))
        {
            Found |= Cues.DebugPretence;
        }

        if (disclosed && (trace || unabridged) && (Near(CueClass.Authority, at, sentence) || Near(CueClass.Auth, at, sentence)))
        {
            Found |= Cues.FalseAuthority;
        }

        if (trace && (unabridged || whole || Near(CueClass.Disclose, at, sentence)) && Near(CueClass.Authority, at, sentence))
        {
            Found |= Cues.FalseAuthority;
        }

        if (Near(CueClass.Secret, at, clause) && Near(CueClass.Recode, at, clause))
        {
            Found |= Cues.TaskLaundering;
        }
    }

    private void SeeInventions(int at, int clause, int sentence)
    {
        var numbered = Near(CueClass.Number, at, clause);
        if (numbered && Near(CueClass.FieldTask, at, sentence) && Near(CueClass.FieldOutput, at, sentence))
        {
            Found |= Cues.TaskGeneration;
        }

        var item = Near(CueClass.Item, at, clause);
        if (numbered && item && Near(CueClass.NoRepeat, at, clause))
        {
            Found |= Cues.TaskGeneration;
        }

        if (item && Near(CueClass.Heavier, at, clause) && Near(CueClass.Only, at, clause))
        {
            Found |= Cues.PromptEvolution;
        }

        if (!Near(CueClass.Compose, at, sentence) || !(item || Near(CueClass.Assistant, at, clause)))
        {
            return;
        }

        var asked = Near(CueClass.WouldAsk, at, sentence);
        var person = Near(CueClass.Person, at, sentence);
        if (asked && person)
        {
            Found |= Cues.Persona;
        }

        var forTraining = Near(CueClass.Corpus, at, sentence) && Near(CueClass.Compose, at, clause) && (numbered || Near(CueClass.Diverse, at, clause));
        if (forTraining || (asked && !person && Near(CueClass.Assistant, at, clause)))
        {
            Found |= Cues.TaskGeneration;
        }

        if (Near(CueClass.Harden, at, clause))
        {
            Found |= Cues.PromptEvolution;
        }
    }

    private void SeeAgents(int at, int sentence)
    {
        if (Near(CueClass.Agent, at, sentence) && Near(CueClass.Episode, at, sentence) && (Near(CueClass.ToolCall, at, sentence) || Near(CueClass.LabelObs, at, sentence)))
        {
            Found |= Cues.Trajectory;
        }

        if (Near(CueClass.Episode, at, sentence) && ReasonNear(at, sentence) && Near(CueClass.LabelAction, at, sentence) && Near(CueClass.ToolCall, at, sentence))
        {
            Found |= Cues.Trajectory;
        }
    }

    private readonly bool ReasonNear(int at, int window) => Near(CueClass.Reason, at, window) || Near(CueClass.Thinking, at, window) || Near(CueClass.TraceNoun, at, window);

    private readonly bool WholeNear(int at, int window) => Near(CueClass.Whole, at, window) || Near(CueClass.Full, at, window);

    private readonly void Mark(bool seen, CueClass cls, int at)
    {
        if (seen)
        {
            _lastSeen[(int)cls] = at;
        }
    }
}
