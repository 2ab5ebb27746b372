namespace Stillgate.Server.Hosting;

/// <summary>How far the analysis is with the log that was in the store when the process started.</summary>
/// <param name="Share">Share of its bytes read, 0 to 1.</param>
/// <param name="HeldCount">Exchanges that came in meanwhile and wait.</param>
internal sealed record WarmUpState(double Share, long HeldCount);
