using Stillgate.Lab.Simulation.Identities;

namespace Stillgate.Lab.Simulation;

/// <summary>One account of a composition: who it is, what it truly does, and its requests as a lazy script in time order.</summary>
/// <param name="Identity">Registration, network and client.</param>
/// <param name="Label">The truth.</param>
/// <param name="ActiveFrom">No call of the script is earlier; lets the merge start a script only when its time has come.</param>
/// <param name="Script">Yields the calls in time order; called once.</param>
internal sealed record AccountPlan(Identity Identity, AccountLabel Label, DateTimeOffset ActiveFrom, Func<Chance, IEnumerable<Call>> Script);
