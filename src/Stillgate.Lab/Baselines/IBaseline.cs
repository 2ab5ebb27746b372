using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>
/// A published or obvious detector, for comparison on the same log in the same run. It sees the exchanges in the order of time and
/// scores accounts at the end. Not safe for use by two threads at once.
/// </summary>
public interface IBaseline
{
    /// <summary>Name for tables.</summary>
    string Name { get; }

    /// <summary>Takes in the next exchange. Memory stays bounded for each account.</summary>
    /// <param name="exchange">An exchange with its content; one without is passed over.</param>
    void Observe(ExchangeRecord exchange);

    /// <summary>How suspect an account is.</summary>
    /// <param name="account">Account of the log; one that was never seen scores lowest.</param>
    /// <returns>Higher is worse; comparable between accounts of one baseline and nothing else.</returns>
    double Score(string account);
}
