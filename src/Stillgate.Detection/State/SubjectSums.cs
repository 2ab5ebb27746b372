namespace Stillgate.Detection.State;

/// <summary>
/// Packs sums of subject vectors. What is summed are whole 127ths, so that a sum is nearly a whole number of them: that number takes a byte or two, and what
/// rounding has added, in units of the last place, mostly none. Any float comes back bit for bit, only longer where it is no such sum.
/// </summary>
internal static class SubjectSums
{
    private const float Scale = 127;

    public static void Write(StateWriter into, ReadOnlySpan<float> sums)
    {
        Span<int> rests = stackalloc int[sums.Length];
        ulong rounded = 0;
        for (var i = 0; i < sums.Length; i++)
        {
            var whole = (int)Math.Round((double)sums[i] * Scale);
            rests[i] = unchecked(BitConverter.SingleToInt32Bits(sums[i]) - BitConverter.SingleToInt32Bits(whole / Scale));
            rounded |= rests[i] != 0 ? 1UL << i : 0;
            into.Signed(whole);
        }

        into.Number(rounded);
        foreach (var rest in rests)
        {
            if (rest != 0)
            {
                into.Signed(rest);
            }
        }
    }

    public static void Read(ref StateReader from, scoped Span<float> sums)
    {
        foreach (ref var sum in sums)
        {
            sum = (int)from.Signed() / Scale;
        }

        var rounded = from.Number();
        for (var i = 0; i < sums.Length; i++)
        {
            if ((rounded >> i & 1) != 0)
            {
                sums[i] = BitConverter.Int32BitsToSingle(unchecked(BitConverter.SingleToInt32Bits(sums[i]) + (int)from.Signed()));
            }
        }
    }
}
