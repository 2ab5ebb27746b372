using Stillgate.Detection.Sketching;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Baselines;

/// <summary>Makes the baselines, those that learn being taught on accounts whose truth is known.</summary>
public static class BaselineSet
{
    /// <summary>Makes every baseline.</summary>
    /// <param name="training">Exchanges in the order of time with whether their account harvests; read once. Never the accounts that are scored.</param>
    /// <param name="registrations">Registrations of the accounts that are scored.</param>
    /// <param name="sketcher">Makes passages of text; stays the caller's, and outlives the baselines.</param>
    /// <param name="seed">Seed of hashing and sampling.</param>
    /// <returns>Fresh baselines, in the order of the tables.</returns>
    public static IReadOnlyList<IBaseline> Create(
        IEnumerable<(ExchangeRecord Exchange, bool Harvest)> training, IReadOnlyList<RegistrationRecord> registrations, ExchangeSketcher sketcher, long seed) =>
        new TrainedBaselines(training, seed).Fresh(registrations, sketcher);
}
