using Stillgate.Detection.Findings;
using Stillgate.WebConsole.Feeds;

namespace Stillgate.Tests.WebConsole;

/// <summary>A feed that shows what a test puts there, and throws on request.</summary>
internal sealed class FakeAnalysisFeed(AnalysisSnapshot snapshot) : IAnalysisFeed
{
    public Exception? Failure { get; set; }

    public AnalysisSnapshot Snapshot { get; set; } = snapshot;

    public AnalysisSnapshot Current => Failure is null ? Snapshot : throw Failure;
}
