namespace Stillgate.Lab.Simulation;

/// <summary>Merges the scripts of several actors behind one account.</summary>
internal static class CallMerge
{
    public static IEnumerable<Call> ByTime(params IReadOnlyList<IEnumerable<Call>> scripts)
    {
        var queue = new PriorityQueue<IEnumerator<Call>, (long Ticks, int Index)>();
        for (var index = 0; index < scripts.Count; index++)
        {
            Push(queue, scripts[index].GetEnumerator(), index);
        }

        while (queue.TryPeek(out var calls, out var priority))
        {
            yield return calls.Current;
            queue.Dequeue();
            Push(queue, calls, priority.Index);
        }
    }

    private static void Push(PriorityQueue<IEnumerator<Call>, (long Ticks, int Index)> queue, IEnumerator<Call> calls, int index)
    {
        if (calls.MoveNext())
        {
            queue.Enqueue(calls, (calls.Current.At.UtcTicks, index));
        }
        else
        {
            calls.Dispose();
        }
    }
}
