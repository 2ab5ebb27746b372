namespace Stillgate.Server.Demo;

/// <summary>What a demo run did, beside what it found.</summary>
/// <param name="Seed">Seed of the composed traffic.</param>
/// <param name="FailedRequests">Requests that could not be sent or were not answered with 2xx.</param>
/// <param name="RecordsDropped">Records that the gateway dropped.</param>
/// <param name="Elapsed">From the first request to the last record analysed.</param>
internal sealed record DemoTotals(long Seed, long FailedRequests, long RecordsDropped, TimeSpan Elapsed);
