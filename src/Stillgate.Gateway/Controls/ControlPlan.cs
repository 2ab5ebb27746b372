using System.Globalization;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>What the controls make of one request: edits of its members, words for the record, or a refusal.</summary>
internal sealed class ControlPlan
{
    // Made when the first is added: most requests need none.
    public Dictionary<string, string?> Edits => field ??= new(StringComparer.Ordinal);

    public List<string> Changes => field ??= [];

    public Refusal? Refusal { get; private set; }

    /// <summary>How many answers the provider is asked for; null where the client's own word stands.</summary>
    public int? ChoicesCap { get; private set; }

    /// <summary>How many tokens the provider may answer; null where the client's own word stands.</summary>
    public int? OutputCap { get; private set; }

    public static ControlPlan Of(RequestEnvelope envelope, ControlOptions options)
    {
        var plan = new ControlPlan();
        var settings = envelope.Settings ?? new RequestSettings();
        if (settings.Logprobs == true && options.Logprobs != ControlMode.Off)
        {
            plan.StripLogprobs(envelope, options.Logprobs);
        }

        plan.CapChoices(envelope, settings, options);
        plan.CapOutput(envelope, settings, options);
        return plan;
    }

    /// <summary>The first refusal stands.</summary>
    public void Refuse(Refusal refusal) => Refusal ??= refusal;

    /// <summary>Refuses where the control is on, and notes that it would where it observes.</summary>
    public void Judge(ControlMode mode, string what, Refusal refusal)
    {
        if (mode == ControlMode.Observe)
        {
            Changes.Add("observed:" + what);
        }
        else if (mode == ControlMode.On)
        {
            Refuse(refusal);
        }
    }

    private void StripLogprobs(RequestEnvelope envelope, ControlMode mode)
    {
        if (mode == ControlMode.Observe)
        {
            Changes.Add("observed:logprobs");
        }
        else if (envelope.Dialect is Dialects.OpenAiChat or Dialects.OpenAiCompletions)
        {
            Edits["logprobs"] = null;
            Edits["top_logprobs"] = null;
            Changes.Add("stripped:logprobs");
        }
        else
        {
            Refuse(Refusal.LogprobsControlled);
        }
    }

    private void CapChoices(RequestEnvelope envelope, RequestSettings settings, ControlOptions options)
    {
        if (options.Choices == ControlMode.Off || !(settings.N > options.ChoicesMax))
        {
            return;
        }

        var cap = options.ChoicesMax.ToString(CultureInfo.InvariantCulture);
        if (options.Choices == ControlMode.Observe)
        {
            Changes.Add("observed:n=" + cap);
        }
        else if (envelope.Dialect is Dialects.OpenAiChat or Dialects.OpenAiCompletions)
        {
            Edits["n"] = cap;
            ChoicesCap = options.ChoicesMax;
            Changes.Add("capped:n=" + cap);
        }
        else
        {
            Refuse(Refusal.ChoicesControlled);
        }
    }

    private void CapOutput(RequestEnvelope envelope, RequestSettings settings, ControlOptions options)
    {
        if (options.OutputTokens == ControlMode.Off || settings.MaxOutputTokens <= options.OutputTokensMax)
        {
            return;
        }

        string[] names = envelope.Dialect switch
        {
            Dialects.OpenAiChat => ["max_completion_tokens", "max_tokens"],
            Dialects.OpenAiResponses => ["max_output_tokens"],
            Dialects.OpenAiCompletions or Dialects.AnthropicMessages => ["max_tokens"],
            _ => [],
        };
        var cap = options.OutputTokensMax.ToString(CultureInfo.InvariantCulture);
        if (options.OutputTokens == ControlMode.Observe)
        {
            Changes.Add("observed:max_output_tokens=" + cap);
        }
        else if (names.Length > 0)
        {
            // One name is left, since OpenAI refuses a request that has both.
            Edits[names[0]] = cap;
            OutputCap = options.OutputTokensMax;
            foreach (var other in names.Skip(1))
            {
                Edits[other] = null;
            }

            Changes.Add("capped:max_output_tokens=" + cap);
        }
        else if (envelope.Dialect == Dialects.GeminiGenerate)
        {
            Refuse(Refusal.OutputControlled);
        }
    }
}
