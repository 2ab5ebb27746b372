namespace Stillgate.Lab.Baselines;

/// <summary>A cluster of like prompts over all accounts, and the strongest weak signals in it.</summary>
internal sealed class PromptCluster(float[] centre)
{
    private const int TopCount = 32;
    private const float Inertia = 0.02f;
    private readonly PriorityQueue<double, double> _top = new();

    public float[] Centre => centre;

    /// <summary>Number of the last exchange that fell into it; the stalest cluster gives way to a new one.</summary>
    public long LastSeen { get; private set; }

    /// <summary>Sum of the strongest signals.</summary>
    public double Score { get; private set; }

    public void Add(float[] embedding, double signal, long number)
    {
        LastSeen = number;
        for (var index = 0; index < centre.Length; index++)
        {
            centre[index] += Inertia * (embedding[index] - centre[index]);
        }

        _top.Enqueue(signal, signal);
        Score += signal;
        if (_top.Count > TopCount)
        {
            Score -= _top.Dequeue();
        }
    }
}
