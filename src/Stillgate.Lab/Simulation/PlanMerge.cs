namespace Stillgate.Lab.Simulation;

/// <summary>
/// Merges the accounts' scripts by time. A script is started only when its account's first moment has come and is dropped at its
/// end, so that memory follows the accounts that are active at once and not the length of the log.
/// </summary>
internal sealed class PlanMerge(IReadOnlyList<AccountPlan> plans, long seed, int part, int partCount)
{
    private readonly PriorityQueue<Runner, (long Ticks, int Index)> _queue = new();

    public IEnumerable<(AccountPlan Plan, Call Call, Chance Chance)> Run(DateTimeOffset until)
    {
        for (var index = part; index < plans.Count; index += partCount)
        {
            _queue.Enqueue(new Runner(plans[index], index, seed), (plans[index].ActiveFrom.UtcTicks, index));
        }

        while (_queue.TryDequeue(out var runner, out _))
        {
            if (runner.IsStarted)
            {
                yield return (runner.Plan, runner.Current, runner.Chance);
            }

            if (runner.MoveNext() && runner.Current.At < until)
            {
                _queue.Enqueue(runner, (runner.Current.At.UtcTicks, runner.Index));
            }
            else
            {
                runner.Dispose();
            }
        }
    }

    private sealed class Runner(AccountPlan plan, int index, long seed) : IDisposable
    {
        private IEnumerator<Call>? _calls;

        public AccountPlan Plan => plan;

        public int Index => index;

        public Chance Chance { get; } = Chance.For(seed, "account", index);

        public bool IsStarted => _calls is not null;

        public Call Current => _calls!.Current;

        public bool MoveNext()
        {
            _calls ??= plan.Script(Chance.Fork()).GetEnumerator();
            return _calls.MoveNext();
        }

        public void Dispose() => _calls?.Dispose();
    }
}
