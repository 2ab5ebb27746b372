namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>One account's part of a ring's prompt list.</summary>
/// <param name="Number">This part's number, from 0.</param>
/// <param name="Count">Parts that the list is dealt to.</param>
/// <param name="First">Index in the list at which the dealing starts.</param>
/// <param name="Overlap">Share of prompts taken from another part.</param>
internal sealed record Shard(int Number, int Count, int First = 0, double Overlap = 0)
{
    /// <summary>Prompt indices in the order of sending: dealt round robin, so that parts are disjoint until the list is used up.</summary>
    public IEnumerable<int> Indices(int poolCount, Chance chance)
    {
        for (long round = 0; ; round++)
        {
            var part = Overlap > 0 && chance.Hit(Overlap) ? chance.Below(Count) : Number;
            yield return (int)((First + (round * Count) + part) % poolCount);
        }
    }
}
