using System.Text;
using Stillgate.Gateway.Controls.Ledgers;
using Stillgate.Gateway.Refusals;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Protocol.Filtering;
using Stillgate.Protocol.Requests;

namespace Stillgate.Gateway.Controls;

/// <summary>The controls that look at the conversation as a whole: references that come back, and turns that must not have been edited.</summary>
internal sealed class ConversationControl(ControlKeys keys, ServedTurns served, TimeProvider time)
{
    private readonly ReferenceVault _vault = new(keys, time);

    /// <summary>Reads the conversation where a control asks for it; null where none does.</summary>
    public ConversationChain? Read(ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options) =>
        (options.References != ControlMode.Off || options.PrefixFreeze != ControlMode.Off) && envelope.Dialect is not (Dialects.OpenAiCompletions or Dialects.OpenAiEmbeddings)
            ? ConversationChain.Read(envelope, exchange.Body!.Memory, keys.OfAccount(exchange.Key!.Account))
            : null;

    /// <summary>Puts references back, in observe mode too: those handed out before the control was turned down must go on working.</summary>
    public void Restore(ControlPlan plan, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options, ConversationChain chain)
    {
        if (options.References == ControlMode.Off || !ReferenceRestorer.MayHold(exchange.Body!.Memory.Span))
        {
            return;
        }

        var back = new ReferenceReturn(_vault, chain, options.ReferenceLifetime);
        var restored = ReferenceRestorer.Restore(envelope, exchange.Body.Memory, back);
        if (back.Fault != ReferenceFault.None)
        {
            plan.Refuse(Refusal.OfReference(back.Fault));
            return;
        }

        if (back.HasForeign)
        {
            plan.Judge(Weaker(options.References, options.ForeignReferences), "foreign_reference", Refusal.OfReference(ReferenceFault.Foreign));
        }

        if (restored is not null)
        {
            plan.Edits[NameOfConversation(envelope.Dialect)] = Encoding.UTF8.GetString(restored);
            plan.Changes.Add("restored:references");
        }
    }

    /// <summary>The sealer of the exchange's answer; null where the control is not on.</summary>
    public IReferenceSealer? SealerOf(ControlOptions options, ConversationChain? chain) =>
        options.References == ControlMode.On && chain is not null
            ? new ExchangeSealer(_vault, new ReferenceBinding(chain.Owner, chain.Root, chain.BeforeAnswer), options.ReferenceLifetime)
            : null;

    /// <summary>
    /// Judges the conversation's last answer: its hash covers every turn before it. False where it is not known, and the caller
    /// should look once more when every exchange that has ended is settled.
    /// </summary>
    public bool TryFreeze(ControlPlan plan, ExchangeFeature exchange, RequestEnvelope envelope, ControlOptions options, ConversationChain chain, bool isSettled)
    {
        if (options.PrefixFreeze == ControlMode.Off || envelope.Dialect is Dialects.AnthropicCountTokens or Dialects.GeminiCountTokens)
        {
            // To count tokens is to be answered nothing.
            return true;
        }

        var last = chain.Turns.LastOrDefault(turn => turn.IsModel);
        if (last.IsModel && !served.Knows(last.After, options.PrefixFreezeWindow))
        {
            if (!isSettled)
            {
                return false;
            }

            // A beginning that was served here and an answer that was not: somebody changed the turns between, unless the answer is among those that damage took.
            if (served.Knows(chain.Root, options.PrefixFreezeWindow) && !served.MayHaveForgotten(options.PrefixFreezeWindow))
            {
                plan.Judge(options.PrefixFreeze, "edited_prefix", Refusal.PrefixEdited);
            }
            else
            {
                plan.Judge(Weaker(options.PrefixFreeze, options.UnseenPrefix), "unseen_prefix", Refusal.PrefixUnseen);
            }
        }

        exchange.ServedTurn = new ServedTurn(served, chain, options.PrefixFreezeWindow);
        return true;
    }

    private static ControlMode Weaker(ControlMode one, ControlMode other) => one < other ? one : other;

    private static string NameOfConversation(string dialect) => dialect switch
    {
        Dialects.OpenAiResponses => "input",
        Dialects.GeminiGenerate or Dialects.GeminiCountTokens => "contents",
        _ => "messages",
    };
}
