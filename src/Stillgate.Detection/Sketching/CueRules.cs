namespace Stillgate.Detection.Sketching;

/// <summary>
/// Turns word classes that stand close together into cues. Order within the window does not matter, so that a reworded request in
/// another language's word order gives the same cue.
/// </summary>
internal ref partial struct CueRules(Span<int> lastSeen)
{
    private const int Never = -10_000;

    // The classes of the lexicon's first part: only one of them can complete a rule over that part.
    private const ulong FirstPart = (1UL << (int)CueClass.Thinking) - 1;
    private readonly Span<int> _lastSeen = lastSeen;
    private UInt128 _seen;

    public Cues Found { get; private set; }

    public static void Reset(Span<int> lastSeen) => lastSeen.Fill(Never);

    /// <summary>Notes the classes of the word at a position, and the cues that it completes.</summary>
    public void See(UInt128 classes, int position, bool unspaced, bool bracketed)
    {
        Note((ulong)classes, position, 0);
        Note((ulong)(classes >> 64), position, 64);

        if (((ulong)classes & FirstPart) != 0)
        {
            SeeReasoning(position);
            SeeTasks(position);
        }

        SeeSpecific(classes, position, unspaced, bracketed);
    }

    private readonly void Note(ulong classes, int position, int first)
    {
        for (var rest = classes; rest != 0; rest &= rest - 1)
        {
            _lastSeen[first + System.Numerics.BitOperations.TrailingZeroCount(rest)] = position;
        }
    }

    private void SeeReasoning(int at)
    {
        const int clause = 14, sentence = 26, sentences = 40;
        if (Near(CueClass.Step, at, 0))
        {
            Found |= Cues.StepByStep;
        }

        if (Near(CueClass.Reason, at, sentences))
        {
            var shown = Near(CueClass.Show, at, sentence) || Near(CueClass.Full, at, sentence);
            var solved = Near(CueClass.Answer, at, sentences);
            if (solved && ((Near(CueClass.Show, at, sentence) && Near(CueClass.Given, at, sentence)) || Near(CueClass.Rebuild, at, sentence)))
            {
                Found |= Cues.Rationale;
            }

            var inTags = Near(CueClass.Tags, at, sentence) || Near(CueClass.Tag, at, clause);
            var beforeAnswer = Near(CueClass.Before, at, sentence) && Near(CueClass.Answer, at, sentence) && Near(CueClass.Full, at, sentence);
            if (shown && Near(CueClass.Reason, at, sentence) && (inTags || beforeAnswer))
            {
                Found |= Cues.InlineTrace;
            }

            if (Near(CueClass.Debug, at, sentences) && shown)
            {
                Found |= Cues.DebugPretence;
            }

            if (Near(CueClass.Auth, at, sentences) && shown && Near(CueClass.Full, at, sentence))
            {
                Found |= Cues.FalseAuthority;
            }

            if (Near(CueClass.Reason, at, 7) && Near(CueClass.LangName, at, 7) && Near(CueClass.Show, at, sentence))
            {
                Found |= Cues.TraceLanguage;
            }
        }

        if (Near(CueClass.Hidden, at, clause) && Near(CueClass.Transform, at, clause))
        {
            Found |= Cues.TaskLaundering;
        }

        if (Near(CueClass.Clean, at, clause) && Near(CueClass.Trace, at, clause) && Near(CueClass.Reason, at, sentence))
        {
            Found |= Cues.TraceCleaning;
        }
    }

    private void SeeTasks(int at)
    {
        const int clause = 14, sentence = 26;
        if (Near(CueClass.Tasks, at, clause) && Near(CueClass.Generate, at, clause) && (Near(CueClass.Diverse, at, clause) || Near(CueClass.Number, at, 8)))
        {
            Found |= Cues.TaskGeneration;
        }

        if (Near(CueClass.Rewrite, at, sentence) && Near(CueClass.PromptWord, at, clause) && Near(CueClass.Harder, at, sentence))
        {
            Found |= Cues.PromptEvolution;
        }

        if (Near(CueClass.Transform, at, clause) && Near(CueClass.PromptWord, at, clause) && Near(CueClass.Answer, at, clause))
        {
            Found |= Cues.PairRewriting;
        }

        if (Near(CueClass.Judge, at, sentence) && Near(CueClass.Resp, at, clause) && (Near(CueClass.Scale, at, sentence) || Near(CueClass.Number, at, clause)))
        {
            Found |= Cues.Judge;
        }

        if (Near(CueClass.LabelThought, at, 200) && Near(CueClass.LabelAction, at, 200) && Near(CueClass.LabelObs, at, 200))
        {
            Found |= Cues.Trajectory;
        }

        if (Near(CueClass.Persona, at, sentence) && Near(CueClass.Generate, at, sentence) && Near(CueClass.Tasks, at, sentence))
        {
            Found |= Cues.Persona;
        }
    }

    private readonly bool Near(CueClass cls, int position, int window) => position - _lastSeen[(int)cls] <= window;
}
