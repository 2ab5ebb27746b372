using Stillgate.Detection.Evidence;
using Stillgate.Detection.Findings;
using Stillgate.Detection.Sketching;
using static System.FormattableString;

namespace Stillgate.Detection.Accounts;

/// <summary>Says in words what is unusual about an account by itself.</summary>
internal static class AccountReasons
{
    private const int ReasonsMax = 5;
    private const double WeightMin = 0.3;

    public static IEnumerable<Reason> Explain(AccountState account, CalibrationSet calibration) => [.. Search(account), .. Behaviour(account, calibration)];

    // Weighs nothing: no score looks at it. It says what the cues, each by itself, do not.
    private static IEnumerable<Reason> Search(AccountState account)
    {
        var ways = ElicitationWays.Of(account);
        return ways.IsSearch(account)
            ? [new Reason(ElicitationWays.Code, Invariant($"About {ways.Ways:F0} ways of asking for training data in {account.Count:N0} requests: at least {ways.Asking:N0} of them ask for reasoning, tasks or traces, and no passage of prompt is in more than {account.HighestUse:N0}."), 0, [account.LastExchange])]
            : [];
    }

    private static IEnumerable<Reason> Behaviour(AccountState account, CalibrationSet calibration)
    {
        if (account.Found.BehaviourFeatures is not { } features)
        {
            return [];
        }

        return Parts(features, calibration.AccountBands[account.Found.BehaviourBand].StructureModel).Concat(Parts(features, calibration.ElicitationModel))
            .Where(part => part.Weight >= WeightMin)
            .OrderByDescending(part => part.Weight)
            .Select(part => (part.Weight, Words: Words(part.Index, features[part.Index])))
            .Where(part => part.Words.Text is not null)
            .Take(ReasonsMax)
            .Select(part => new Reason(part.Words.Code, part.Words.Text!, Math.Round(part.Weight, 2), [account.LastExchange]));
    }

    private static IEnumerable<(int Index, double Weight)> Parts(double[] features, LinearModel model) =>
        Enumerable.Range(0, model.Weights.Count).Select(index => (index, model.Contribution(features, index)));

    private static (string Code, string? Text) Words(int index, double value) =>
        index >= (int)AccountFeature.StructureCount
            ? CueWords((Cues)(1 << (index - (int)AccountFeature.StructureCount)), value)
            : ((AccountFeature)index) switch
            {
                AccountFeature.SingleTurn => ("NO_CONVERSATION", Invariant($"{value:P0} of the exchanges stand alone.")),
                AccountFeature.Resamples => ("RESAMPLES_ONE_PROMPT", Invariant($"{value:P0} of the exchanges send the same prompt again at once.")),
                AccountFeature.Distinct => ("NEVER_REPEATS", Invariant($"{value:P0} of the requests are distinct.")),
                AccountFeature.LongAnswers => ("LONG_ANSWERS", Invariant($"{value:P0} of the answers are long.")),
                AccountFeature.OutputTokens => ("LONG_ANSWERS", Invariant($"Answers have about {Math.Pow(10, value):F0} tokens.")),
                AccountFeature.ReasoningShare => ("REASONING_IN_ANSWERS", Invariant($"{value:P0} of the output is reasoning.")),
                AccountFeature.GapSpread => ("EVEN_PACE", "The pace is as even as a machine's."),
                AccountFeature.QuickGaps => ("MACHINE_PACE", Invariant($"{value:P0} of the gaps are under ten seconds.")),
                // Where the life is too short to tell, there is nothing to say in words, whatever the model makes of it.
                AccountFeature.HourEvenness when value != AccountMeasurement.HourEvennessUntold =>
                    ("ALL_HOURS", Invariant($"Its exchanges fall evenly on the hours of the day that it has lived through (evenness {value:F2} of 1).")),
                AccountFeature.Breadth => ("BROAD_SUBJECTS", Invariant($"The requests range over many subjects (spread {value:F2} of 1).")),
                AccountFeature.Template => ("ONE_TEMPLATE", Invariant($"{value:P0} of the requests use one template.")),
                AccountFeature.Rate => ("HIGH_RATE", Invariant($"About {Math.Exp(value):F0} exchanges an hour over its life.")),
                AccountFeature.Fresh => ("FRESH_ACCOUNT", "The account was opened in the week before."),
                _ => ("", null),
            };

    private static (string Code, string? Text) CueWords(Cues cue, double share) => cue switch
    {
        Cues.Rationale => ("ASKS_FOR_REASONING", Invariant($"{share:P0} of the requests ask for the reasoning behind an answer.")),
        Cues.InlineTrace => ("ASKS_FOR_REASONING", Invariant($"{share:P0} of the requests prescribe written-out reasoning.")),
        Cues.DebugPretence => ("DEBUG_PRETENCE", Invariant($"{share:P0} of the requests claim to debug the model's reasoning.")),
        Cues.FalseAuthority => ("FALSE_AUTHORITY", Invariant($"{share:P0} of the requests claim an operator's authority.")),
        Cues.TaskLaundering => ("TASK_LAUNDERING", Invariant($"{share:P0} of the requests ask for hidden notes under another name.")),
        Cues.TraceLanguage => ("TRACE_LANGUAGE", Invariant($"{share:P0} of the requests prescribe the reasoning's language.")),
        Cues.TaskGeneration => ("ASKS_FOR_TASKS", Invariant($"{share:P0} of the requests ask the model to invent tasks.")),
        Cues.PromptEvolution => ("ASKS_FOR_TASKS", Invariant($"{share:P0} of the requests ask for harder versions of a prompt.")),
        Cues.Judge => ("ASKS_FOR_GRADES", Invariant($"{share:P0} of the requests ask for grades.")),
        Cues.Trajectory => ("AGENT_TRAJECTORIES", Invariant($"{share:P0} of the requests are agent trajectories in text.")),
        Cues.TraceCleaning => ("TRACE_CLEANING", Invariant($"{share:P0} of the requests ask to clean a reasoning trace.")),
        Cues.Persona => ("PERSONA_SWEEP", Invariant($"{share:P0} of the requests ask for what a persona would say.")),
        Cues.PairRewriting => ("ASKS_FOR_TASKS", Invariant($"{share:P0} of the requests ask to translate or rewrite an instruction with its answer.")),
        _ => ("STEP_BY_STEP", Invariant($"{share:P0} of the requests ask for step-by-step work.")),
    };
}
