using System.Globalization;
using Microsoft.AspNetCore.Http;
using Stillgate.Gateway.Recorder;
using Stillgate.Gateway.Refusals;

namespace Stillgate.Gateway.Budgets;

/// <summary>Reserves what a request may cost; the closer settles what it did cost. Refuses with 429 and the time until there is room, or, where there never will be, with 400.</summary>
internal sealed class BudgetsMiddleware(RequestDelegate next, ExchangeCloser closer)
{
    public Task InvokeAsync(HttpContext context)
    {
        var exchange = ExchangeFeature.Of(context);
        var book = exchange.Config.Budgets;
        if (book.IsEmpty)
        {
            return next(context);
        }

        exchange.Asked = BudgetUse.AskedBy(exchange, book.AssumedOutputTokens);
        exchange.Reservation = book.TryReserve(exchange.Key!, exchange.Asked, out _, out var rates);
        exchange.Rates = rates;
        if (exchange.Reservation is not null)
        {
            return next(context);
        }

        return book.FindTooSmall(exchange.Key!, exchange.Asked) is { } tooSmall
            ? RefusalWriter.RefuseAsync(context, exchange, Refusal.OfBudget(tooSmall, exchange.Asked))
            : TryAgainAsync(context, exchange);
    }

    /// <summary>What has ended but is not settled yet still holds what it reserved: only after it is settled is there truly no room.</summary>
    private async Task TryAgainAsync(HttpContext context, ExchangeFeature exchange)
    {
        await closer.WhenSettledAsync(context.RequestAborted);
        exchange.Reservation = exchange.Config.Budgets.TryReserve(exchange.Key!, exchange.Asked, out var retryAfter, out var rates);
        exchange.Rates = rates;
        if (exchange.Reservation is not null)
        {
            await next(context);
            return;
        }

        exchange.RetryAfter = Math.Max(1, (long)Math.Ceiling(retryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        await RefusalWriter.RefuseAsync(context, exchange, Refusal.BudgetSpent);
    }
}
