using System.Globalization;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Commands;

/// <summary>Prints bad lines to standard error: the first few in full, the rest as a count.</summary>
internal sealed class ProblemPrinter(int shownMax, bool strict)
{
    /// <summary>Problems so far.</summary>
    public long Count { get; private set; }

    public void Print(LogProblem problem)
    {
        if (strict)
        {
            throw new OperatorException(problem.ToString());
        }

        if (++Count <= shownMax)
        {
            Console.Error.WriteLine($"stillgate: {problem}; skipped");
        }
    }

    public void PrintRest()
    {
        if (Count > shownMax)
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"stillgate: {Count:N0} bad lines in all, {Count - shownMax:N0} not shown"));
        }
    }
}
