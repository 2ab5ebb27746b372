namespace Stillgate.Policy.Impact;

/// <summary>Counts one group of the traffic.</summary>
internal sealed class GroupTally
{
    private readonly HashSet<string>[] _accounts = [.. Enumerable.Range(0, 4).Select(_ => new HashSet<string>(StringComparer.Ordinal))];
    private readonly long[] _exchanges = new long[4];

    public void AddAll(string account, long count) => Add(0, account, count);

    public void AddDenied(string account, long count) => Add(1, account, count);

    public void AddFreed(string account, long count) => Add(2, account, count);

    public void AddUndetermined(string account, long count) => Add(3, account, count);

    public ImpactGroup ToGroup(string name) => new()
    {
        Name = name,
        All = CountOf(0),
        NewlyDenied = CountOf(1),
        Freed = CountOf(2),
        NewlyUndetermined = CountOf(3),
    };

    private ImpactCount CountOf(int what) => new(_accounts[what].Count, _exchanges[what]);

    private void Add(int what, string account, long count)
    {
        _accounts[what].Add(account);
        _exchanges[what] += count;
    }
}
