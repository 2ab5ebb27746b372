namespace Stillgate.Detection.State;

/// <summary>What a section of a checkpoint holds; the numbers are the format's (<c>docs/formats/checkpoint.md</c>).</summary>
internal enum SectionKind
{
    Head = 1,
    Accounts,
    Groups,
    Anchors,
    Blocks,
    Evidence,
    Background,
    Repeats,
    Drift,
    Scripts,
    Launches,
    End,
}
