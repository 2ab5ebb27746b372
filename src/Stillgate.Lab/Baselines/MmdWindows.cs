namespace Stillgate.Lab.Baselines;

/// <summary>The windows of one account, each as the sum of its queries' features.</summary>
internal sealed class MmdWindows
{
    /// <summary>Queries of a full window: where the paper's window sweep begins.</summary>
    public const int FullCount = 100;

    /// <summary>A window shorter than this is not judged.</summary>
    public const int JudgedCount = 24;

    private const int WindowsMax = 24;
    private readonly List<MmdSum> _full = [];
    private MmdSum _open = new();

    /// <summary>Queries seen in all.</summary>
    public int SeenCount { get; private set; }

    public void Add(float[] features)
    {
        SeenCount++;
        if (_full.Count == WindowsMax)
        {
            return;
        }

        _open.Add(features);
        if (_open.Count == FullCount)
        {
            _full.Add(_open);
            _open = new MmdSum();
        }
    }

    /// <summary>The largest discrepancy of a window; the unfinished one counts where there is no other. Null for too few queries.</summary>
    public double? Largest(MmdReference reference) => _full.Count > 0
        ? _full.Max(reference.Discrepancy)
        : _open.Count >= JudgedCount ? reference.Discrepancy(_open) : null;
}
