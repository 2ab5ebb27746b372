namespace Stillgate.Detection.Sketching;

/// <summary>What is kept of a system prompt.</summary>
/// <param name="Id">Masked hash of the whole.</param>
/// <param name="Anchors">Its anchors, the whole first.</param>
/// <param name="Cues">Cues found in it.</param>
internal sealed record SystemSketch(ulong Id, ulong[] Anchors, Cues Cues)
{
    public const int ShinglesMax = 4;

    public static SystemSketch None { get; } = new(0, [], Cues.None);
}
