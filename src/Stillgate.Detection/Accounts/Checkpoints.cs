namespace Stillgate.Detection.Accounts;

/// <summary>
/// An account is scored when it has made 32, 64, ... 65,536 exchanges, and never between. The false-alarm budget is split over two bands of
/// these points, to 128 exchanges and after: the chance that a legitimate account is ever flagged is bounded whatever dependence its
/// exchanges have (union bound).
/// </summary>
internal static class Checkpoints
{
    public const long First = 32;
    public const int Count = 12;
    public const long Last = First << (Count - 1);
    public const int BandCount = 2;

    // 32, 64 and 128. What is found there is found early enough to matter: it gets the larger part.
    private const int EarlyCount = 3;
    private const double EarlyShare = 0.6;

    /// <summary>The checkpoint after one; past the last there is none.</summary>
    public static long After(long checkpoint) => checkpoint >= Last ? long.MaxValue : checkpoint * 2;

    /// <summary>0 for the first checkpoint.</summary>
    public static int IndexOf(long checkpoint) => System.Numerics.BitOperations.Log2((ulong)(checkpoint / First));

    /// <summary>Band of a checkpoint, by its index.</summary>
    public static int BandOf(int index) => index < EarlyCount ? 0 : 1;

    /// <summary>Index of a band's first checkpoint.</summary>
    public static int FirstOf(int band) => band == 0 ? 0 : EarlyCount;

    /// <summary>A band's part of the budget.</summary>
    public static double ShareOf(int band) => band == 0 ? EarlyShare : 1 - EarlyShare;
}
