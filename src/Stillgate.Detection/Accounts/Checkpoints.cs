namespace Stillgate.Detection.Accounts;

/// <summary>
/// An account is scored when it has made 32, 64, ... 65,536 exchanges, and never between: with the false-alarm budget split over these
/// points, the chance that a legitimate account is ever flagged is bounded whatever dependence its exchanges have (union bound).
/// </summary>
internal static class Checkpoints
{
    public const long First = 32;
    public const int Count = 12;
    public const long Last = First << (Count - 1);

    /// <summary>The checkpoint after one; past the last there is none.</summary>
    public static long After(long checkpoint) => checkpoint >= Last ? long.MaxValue : checkpoint * 2;

    /// <summary>0 for the first checkpoint.</summary>
    public static int IndexOf(long checkpoint) => System.Numerics.BitOperations.Log2((ulong)(checkpoint / First));
}
