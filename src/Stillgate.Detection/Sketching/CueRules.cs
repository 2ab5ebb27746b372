namespace Stillgate.Detection.Sketching;

/// <summary>
/// Turns word classes that stand close together into cues. Order within the window does not matter, so that a reworded request in
/// another language's word order gives the same cue.
/// </summary>
/// <param name="lastSeen">Room for the last place of each class.</param>
/// <param name="before">Classes seen in the system prompt: a pretence is often set up there, and the demand made in the message.</param>
internal ref struct CueRules(Span<int> lastSeen, ulong before)
{
    private const int Never = -10_000;
    private readonly Span<int> _lastSeen = lastSeen;
    private readonly ulong _before = before;

    public Cues Found { get; private set; }

    public static void Reset(Span<int> lastSeen) => lastSeen.Fill(Never);

    /// <summary>Notes the classes of the word at a position, and the cues that it completes.</summary>
    public void See(ulong classes, int position)
    {
        for (var rest = classes; rest != 0; rest &= rest - 1)
        {
            _lastSeen[System.Numerics.BitOperations.TrailingZeroCount(rest)] = position;
        }

        SeeReasoning(position);
        SeeTasks(position);
    }

    private void SeeReasoning(int at)
    {
        const int phrase = 8, clause = 14, sentence = 26, sentences = 40;
        if (Near(CueClass.Step, at, 0))
        {
            Found |= Cues.StepByStep;
        }

        if (Near(CueClass.Reason, at, sentences))
        {
            var shown = Near(CueClass.Show, at, sentence) || Near(CueClass.Full, at, sentence);
            var solved = Near(CueClass.Answer, at, sentences);

            // "The correct answer", "the solution that is given": an answer that only stands in the same paragraph is asked for, not given.
            var given = Near(CueClass.Given, at, sentence) && Between(CueClass.Given, CueClass.Answer) <= phrase;
            if (solved && ((Near(CueClass.Show, at, sentence) && given) || Near(CueClass.Rebuild, at, sentence)))
            {
                Found |= Cues.Rationale;
            }

            var inTags = Near(CueClass.Tags, at, sentence) || Near(CueClass.Tag, at, clause);
            var wholeReasoning = Near(CueClass.Full, at, sentence) && Between(CueClass.Full, CueClass.Reason) <= phrase;
            var beforeAnswer = Near(CueClass.Before, at, sentence) && Near(CueClass.Answer, at, sentence) && wholeReasoning;
            var inFull = Near(CueClass.Show, at, clause) && Near(CueClass.Reason, at, clause) && wholeReasoning;
            if (shown && Near(CueClass.Reason, at, sentence) && (inTags || beforeAnswer || inFull))
            {
                Found |= Cues.InlineTrace;
            }

            if (NearOrBefore(CueClass.Debug, at, sentences) && shown && Near(CueClass.Full, at, sentence))
            {
                Found |= Cues.DebugPretence;
            }

            if (NearOrBefore(CueClass.Auth, at, sentences) && shown && Near(CueClass.Full, at, sentence))
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
        const int phrase = 6, clause = 14, sentence = 26;

        // "Five new questions", not an article of five hundred words that is to end with a question.
        var several = (Near(CueClass.Diverse, at, clause) && Between(CueClass.Diverse, CueClass.Tasks) <= phrase)
            || (Near(CueClass.Number, at, clause) && Between(CueClass.Number, CueClass.Tasks) <= phrase);
        if (Near(CueClass.Tasks, at, clause) && Near(CueClass.Generate, at, clause) && several)
        {
            Found |= Cues.TaskGeneration;
        }

        // Quiz makers invent questions too; instructions, prompts and dialogues in numbers are wanted by whoever trains a model.
        var severalMeta = (Near(CueClass.Diverse, at, clause) && Between(CueClass.Diverse, CueClass.MetaTasks) <= phrase)
            || (Near(CueClass.Number, at, clause) && Between(CueClass.Number, CueClass.MetaTasks) <= phrase);
        if (Near(CueClass.MetaTasks, at, clause) && Near(CueClass.Generate, at, clause) && severalMeta)
        {
            Found |= Cues.TaskSynthesis;
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

    private readonly bool NearOrBefore(CueClass cls, int position, int window) => Near(cls, position, window) || (_before & (1UL << (int)cls)) != 0;

    private readonly int Between(CueClass one, CueClass other) => Math.Abs(_lastSeen[(int)one] - _lastSeen[(int)other]);

    private readonly bool Near(CueClass cls, int position, int window) => position - _lastSeen[(int)cls] <= window;
}
