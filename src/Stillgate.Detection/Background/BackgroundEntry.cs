namespace Stillgate.Detection.Background;

/// <summary>A learnt anchor in a file.</summary>
/// <param name="Anchor">Twelve hexadecimal digits.</param>
/// <param name="LearntAt">When, in the log's time.</param>
/// <param name="Users">Users looked at.</param>
/// <param name="Independent">Independent ones among them.</param>
/// <param name="SubjectShare">Share of the variance of subjects that lay between them.</param>
public sealed record BackgroundEntry(string Anchor, DateTimeOffset LearntAt, int Users, int Independent, double SubjectShare)
{
    internal static BackgroundEntry Of(LearntAnchor learnt) => new(
        BackgroundSet.Word(learnt.Anchor), learnt.LearntAt, learnt.Tally.Users, learnt.Tally.Independent, Math.Round(learnt.Tally.SubjectShare, 4));
}
