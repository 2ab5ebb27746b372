using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>A limit on an account's requests a day: what every provider has.</summary>
internal sealed class VolumeBaseline : IBaseline
{
    private readonly Dictionary<string, Days> _accounts = new(StringComparer.Ordinal);

    public string Name => "volume";

    public void Observe(ExchangeRecord exchange)
    {
        var day = DateOnly.FromDateTime(exchange.At.UtcDateTime).DayNumber;
        var days = _accounts.GetValueOrDefault(exchange.Account);
        days = days.Day == day ? days with { Count = days.Count + 1 } : days with { Day = day, Count = 1 };
        _accounts[exchange.Account] = days with { Most = Math.Max(days.Most, days.Count) };
    }

    public double Score(string account) => _accounts.GetValueOrDefault(account).Most;

    private readonly record struct Days(int Day, int Count, int Most);
}
