using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Replay;

/// <summary>How a log is sent.</summary>
public sealed record ReplayOptions
{
    /// <summary>Base address of the gateway, for example <c>http://127.0.0.1:8080</c>.</summary>
    public required Uri Target { get; init; }

    /// <summary>How many times faster than recorded; 0 is as fast as the lanes allow.</summary>
    public required double Speed { get; init; }

    /// <summary>
    /// Requests under way at most. Each account is bound to one lane, so that its requests arrive in the order of the log; a lane
    /// sends one at a time.
    /// </summary>
    public int LaneCount { get; init; } = 64;

    /// <summary>The API key of an account; the default suits a gateway that accepts any key.</summary>
    public Func<string, string> KeyOf { get; init; } = DerivedKey;

    /// <summary>Whether to send each exchange's recorded address in <c>X-Forwarded-For</c>.</summary>
    public bool SendsAddress { get; init; }

    /// <summary>Sees each request just before it is sent, with the exchange that it stands for; may change it.</summary>
    public Action<ExchangeRecord, HttpRequestMessage> BeforeSending { get; init; } = static (_, _) => { };

    /// <summary>The key that stands for an account where no keys are given.</summary>
    /// <param name="account">Account of the log.</param>
    /// <returns>A key; one for each account, always the same.</returns>
    public static string DerivedKey(string account) => "sg-replay-" + account;
}
