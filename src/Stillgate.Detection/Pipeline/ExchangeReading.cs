using System.Collections.Frozen;
using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Detection.Pipeline;

/// <summary>Turns a record of the log into what the engine sees.</summary>
public static class ExchangeReading
{
    // What the gateway's recorder writes where no key was recognised.
    private const string UnknownAccount = "unauthenticated";

    private static readonly FrozenSet<string> Silent = FrozenSet.Create(
        StringComparer.Ordinal,
        Dialects.OpenAiModels,
        Dialects.AnthropicModels,
        Dialects.AnthropicCountTokens,
        Dialects.GeminiModels,
        Dialects.GeminiCountTokens);

    /// <summary>
    /// Whether a record is one in which an account asked a model for an answer. Lists of models, token counts and requests without a
    /// known key are in a gateway's log too; they are passed over.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <returns>True for a dialect in which a model answers, and for one that this build does not know.</returns>
    public static bool IsAnalysed(ExchangeRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.Account != UnknownAccount && !Silent.Contains(record.Dialect);
    }

    /// <summary>Reads a record: its sketch where it carries one, otherwise its text.</summary>
    /// <param name="record">The record.</param>
    /// <param name="sketcher">Sketches text.</param>
    /// <param name="into">Receives the exchange.</param>
    /// <returns>False where the record carries a sketch that this build cannot read.</returns>
    public static bool TryRead(ExchangeRecord record, ExchangeSketcher sketcher, SketchedExchange into)
    {
        into.Id = record.Id;
        into.AtMs = record.At.ToUnixTimeMilliseconds();
        into.Account = record.Account;
        into.Organization = record.Organization;
        into.EndCustomer = record.EndCustomer;
        into.Ip = record.Client?.Ip;
        into.Tls = record.Client?.Tls;
        into.Model = record.Model;
        into.Status = record.Status;
        if (record.Sketch is { } sketch)
        {
            return SketchCodec.TryDecode(sketch, into.Content);
        }

        sketcher.Sketch(record, into.Content);
        return true;
    }
}
