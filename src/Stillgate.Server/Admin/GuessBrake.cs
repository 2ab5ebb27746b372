using System.Net;

namespace Stillgate.Server.Admin;

/// <summary>
/// Slows whoever guesses admin keys: after <see cref="FreeFailures"/> wrong ones from an address each further one makes it wait twice as long, up to
/// <see cref="WaitMax"/>. While it waits, nothing that it presents is looked at. A right key, or <see cref="Forgotten"/> without a wrong one, clears it.
/// </summary>
internal sealed class GuessBrake(TimeProvider time)
{
    public const int FreeFailures = 5;
    public const int AddressesMax = 4096;
    public static readonly TimeSpan WaitMax = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(15);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Guesses> _guesses = new(StringComparer.Ordinal);

    /// <summary>How long an address has to wait; zero where it has not to.</summary>
    public TimeSpan WaitOf(IPAddress? address)
    {
        lock (_gate)
        {
            return _guesses.TryGetValue(Name(address), out var guesses) && guesses.Until > time.GetUtcNow() ? guesses.Until - time.GetUtcNow() : TimeSpan.Zero;
        }
    }

    public void Failed(IPAddress? address)
    {
        lock (_gate)
        {
            var (name, now) = (Name(address), time.GetUtcNow());
            if (_guesses.Count >= AddressesMax && !_guesses.ContainsKey(name))
            {
                Forget(now);
            }

            var before = _guesses.GetValueOrDefault(name);
            var count = before.LastAt + Forgotten > now ? before.Count + 1 : 1;
            var seconds = count < FreeFailures ? 0 : Math.Min(WaitMax.TotalSeconds, Math.Pow(2, Math.Min(count - FreeFailures, 10)));
            _guesses[name] = new Guesses(count, now, now + TimeSpan.FromSeconds(seconds));
        }
    }

    public void Succeeded(IPAddress? address)
    {
        lock (_gate)
        {
            _guesses.Remove(Name(address));
        }
    }

    // An IPv6 customer has a whole /64: one address more or less of it is the same guesser.
    private static string Name(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6 || address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork)
        {
            return address.MapToIPv4().ToString();
        }

        return Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8));
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var old in _guesses.Where(one => one.Value.LastAt + Forgotten <= now).Select(one => one.Key).ToArray())
        {
            _guesses.Remove(old);
        }

        if (_guesses.Count >= AddressesMax)
        {
            _guesses.Remove(_guesses.MinBy(one => one.Value.LastAt).Key);
        }
    }

    private readonly record struct Guesses(int Count, DateTimeOffset LastAt, DateTimeOffset Until);
}
