using System.Globalization;
using Stillgate.Gateway.Budgets;
using Stillgate.Gateway.Controls;
using Stillgate.Gateway.Recorder;

namespace Stillgate.Gateway.Refusals;

/// <summary>Why the gateway itself answers, and with what status. A closed list: every refusal that there is stands here.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">A stable word, which also stands in the record.</param>
/// <param name="Message">For the client's developer. Never holds anything that the client sent.</param>
/// <param name="End">How the exchange counts in the record.</param>
internal sealed record Refusal(int Status, string Code, string Message, ExchangeEnd End = ExchangeEnd.Refused)
{
    public static readonly Refusal EndpointNotServed = new(404, "endpoint_not_served", "This gateway does not serve this endpoint. Endpoints are served only where they are listed.");
    public static readonly Refusal MethodNotServed = new(405, "method_not_served", "This gateway does not serve this method on this endpoint.");
    public static readonly Refusal KeyMissing = new(401, "key_missing", "No API key came with the request. Send it as 'Authorization: Bearer KEY' or 'x-api-key: KEY'.");
    public static readonly Refusal KeyUnknown = new(401, "unknown_key", "The API key is not known here, or has been revoked.");
    public static readonly Refusal BodyTooLarge = new(413, "body_too_large", "The request's body is larger than this gateway takes.");
    public static readonly Refusal BodyEncoded = new(415, "body_encoded", "The request's body is compressed. Send it without Content-Encoding.");
    public static readonly Refusal BodyNotJson = new(400, "body_not_json", "The request's body is not valid JSON.");
    public static readonly Refusal BodyNotAnObject = new(400, "body_not_an_object", "The request's body must be one JSON object.");
    public static readonly Refusal DuplicateMember = new(400, "duplicate_member", "A member of the request's body stands there twice.");
    public static readonly Refusal TooDeep = new(400, "too_deep", "The request's body is nested too deep.");
    public static readonly Refusal TooManyMembers = new(400, "too_many_members", "The request's body has too many members.");
    public static readonly Refusal NoModel = new(400, "no_model", "The request's body must name a model: a string of 1 to 256 bytes.");
    public static readonly Refusal Background = new(400, "background_not_served", "This gateway does not serve background responses: their answers are fetched where no record is made. Leave out 'background'.");
    public static readonly Refusal LogprobsControlled = new(403, "logprobs_not_served", "This gateway does not serve log-probabilities. Leave them out of the request.");
    public static readonly Refusal BiasWithLogprobs = new(403, "logit_bias_with_logprobs", "This gateway does not serve a logit bias and log-probabilities to one account, in one request or shortly after one another.");
    public static readonly Refusal ChoicesControlled = new(403, "too_many_choices", "The request asks for more answers than this gateway serves.");
    public static readonly Refusal OutputControlled = new(403, "output_not_bounded", "The request must bound its output within what this gateway serves.");
    public static readonly Refusal BiasTokensSpent = new(403, "logit_bias_tokens_spent", "This gateway serves a logit bias on no more different tokens to one account within a while.");
    public static readonly Refusal ReferenceForged = new(400, "reference_forged", "A reference to reasoning in the request was not handed out by this gateway, or was changed. Send back what came, unchanged, or leave it out.");
    public static readonly Refusal ReferenceExpired = new(400, "reference_expired", "A reference to reasoning in the request is too old. Leave the reasoning of earlier turns out.");
    public static readonly Refusal ReferenceOfOtherAccount = new(403, "reference_of_other_account", "A reference to reasoning in the request was handed out to another account.");
    public static readonly Refusal ReferenceOfOtherSession = new(403, "reference_of_other_session", "A reference to reasoning in the request was handed out in another conversation.");
    public static readonly Refusal ReferenceOfOtherPrefix = new(403, "reference_of_other_prefix", "A reference to reasoning in the request was handed out in this conversation, but what stands before it has been changed since.");
    public static readonly Refusal ReferenceForeign = new(403, "reference_foreign", "The request holds signed or encrypted reasoning that this gateway did not hand out. Leave the reasoning of earlier turns out.");
    public static readonly Refusal PrefixEdited = new(403, "prefix_edited", "An earlier turn of this conversation differs from what was served. Send back what came, unchanged.");
    public static readonly Refusal PrefixUnseen = new(403, "prefix_unseen", "The request holds answers that this gateway did not serve to this account.");
    public static readonly Refusal BudgetSpent = new(429, "budget_spent", "A budget of this key, its account or its organisation is spent. The Retry-After header says when there is room again.");
    public static readonly Refusal BudgetTooSmall = new(400, "budget_too_small", "The request may cost more than a whole budget holds.");
    public static readonly Refusal Denied = new(403, "denied", "A rule of this gateway's operator denies this request.");
    public static readonly Refusal Held = new(403, "held", "A rule of this gateway's operator holds this request until a person has looked at it.");
    public static readonly Refusal VerificationNeeded = new(403, "verification_needed", "A rule of this gateway's operator asks for a further verification of the customer first.");
    public static readonly Refusal ModelHeld = new(403, "model_held", "The operator of this gateway serves this model to nobody but those on a list for now.");
    public static readonly Refusal NoProvider = new(404, "model_not_served", "No provider here serves this model on this endpoint.");
    public static readonly Refusal Overloaded = new(503, "overloaded", "The gateway holds as many request bodies as it may. Try again.");
    public static readonly Refusal RecorderUnavailable = new(503, "recorder_unavailable", "The exchange could not be recorded, and this gateway serves only what it can record. Try again.");
    public static readonly Refusal ProviderDown = new(502, "provider_unreachable", "The provider could not be reached.", ExchangeEnd.ProviderDown);
    public static readonly Refusal ProviderSilent = new(504, "provider_silent", "The provider did not begin to answer in time.", ExchangeEnd.TimedOut);
    public static readonly Refusal ProviderBroken = new(502, "provider_broken", "The provider ended the connection before it answered.", ExchangeEnd.ProviderCut);
    public static readonly Refusal AnswerNotFilterable = new(502, "answer_not_filterable", "The provider's answer could not be read, and this gateway must read it before it may pass.", ExchangeEnd.ProviderError);
    public static readonly Refusal StreamStalled = new(504, "stream_stalled", "The provider stopped sending; the answer is not complete.", ExchangeEnd.TimedOut);
    public static readonly Refusal StreamTooLong = new(504, "stream_too_long", "The answer took longer than this gateway allows; it is not complete.", ExchangeEnd.TimedOut);
    public static readonly Refusal Draining = new(503, "gateway_stopping", "The gateway is being stopped; the answer is not complete. Try again.", ExchangeEnd.Drained);
    public static readonly Refusal InternalFault = new(500, "gateway_fault", "The gateway failed. The operator's log names the fault.", ExchangeEnd.Fault);

    /// <summary>The refusal of a request that a budget could not hold even if nothing of it were used: it names the budget, and no time after which to come again.</summary>
    public static Refusal OfBudget(BudgetOptions budget, in BudgetUse asked)
    {
        var (what, bound) = asked.FirstOver(budget);
        var owner = budget.Scope == BudgetScope.Global ? "of everybody together" : "of its " + BudgetBook.Word(budget.Scope);
        return BudgetTooSmall with
        {
            Message = string.Create(
                CultureInfo.InvariantCulture,
                $"The request may cost more {what} than the whole budget {owner} holds: {bound} in {budget.Window.TotalSeconds} s. No waiting helps. Send less, or bound the output lower (max_tokens, n)."),
        };
    }

    /// <summary>The refusal of a reference.</summary>
    public static Refusal OfReference(ReferenceFault fault) => fault switch
    {
        ReferenceFault.Expired => ReferenceExpired,
        ReferenceFault.OtherAccount => ReferenceOfOtherAccount,
        ReferenceFault.OtherSession => ReferenceOfOtherSession,
        ReferenceFault.OtherPrefix => ReferenceOfOtherPrefix,
        ReferenceFault.Foreign => ReferenceForeign,
        _ => ReferenceForged,
    };
}
