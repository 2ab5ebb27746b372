using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Refusals;

namespace Stillgate.Gateway.Budgets;

/// <summary>Reserves what a request may cost and settles what it did cost. Refuses with 429 and the time until there is room.</summary>
internal sealed class BudgetsMiddleware(RequestDelegate next, BudgetBook book)
{
    // English has about four characters a token; where a provider says nothing, this is what is counted, and it is an estimate.
    private const int CharsPerToken = 4;

    public async Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        if (book.IsEmpty)
        {
            await next(context);
            return;
        }

        var asked = AskedBy(exchange);
        var reservation = book.TryReserve(exchange.Key!, asked, out var retryAfter);
        if (reservation is null)
        {
            exchange.RetryAfter = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            await RefusalWriter.RefuseAsync(context, exchange, Refusal.BudgetSpent);
            return;
        }

        exchange.BudgetRemaining = reservation.Remaining;
        try
        {
            await next(context);
        }
        finally
        {
            reservation.Settle(UsedBy(exchange, asked));
        }
    }

    private BudgetUse AskedBy(ExchangeFeature exchange)
    {
        if (exchange.Envelope is not { } envelope)
        {
            return new BudgetUse(1, 0, 0);
        }

        var output = (envelope.Settings?.MaxOutputTokens ?? book.AssumedOutputTokens) * (long)Math.Max(1, envelope.Settings?.N ?? 1);
        return new BudgetUse(1, exchange.Body!.Memory.Length / CharsPerToken, output);
    }

    private static BudgetUse UsedBy(ExchangeFeature exchange, BudgetUse asked)
    {
        if (exchange.Tap is not { } tap)
        {
            // Nothing was answered: the request counts, tokens do not.
            return new BudgetUse(1, 0, 0);
        }

        var answer = tap.Accumulator;
        var isWhole = exchange.End is ExchangeEnd.Complete;
        return new BudgetUse(
            1,
            answer.InputTokenCount ?? asked.InputTokens,
            (isWhole ? answer.OutputTokenCount : null) ?? Math.Max(answer.OutputTokenCount ?? 0, answer.CharCount / CharsPerToken));
    }
}
