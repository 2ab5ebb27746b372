using System.Globalization;

namespace Stillgate.Parties.Screening.Calibration;

/// <summary>What one run of the screening benchmark measured.</summary>
/// <param name="Names">Listed names in the index.</param>
/// <param name="Queries">Names screened, one after another on one thread.</param>
/// <param name="BuildSeconds">Reading the names and building the index.</param>
/// <param name="PerSecond">Names screened a second.</param>
/// <param name="PerProcessorSecond">Names screened in a second of processor time, which other work on the machine does not take.</param>
/// <param name="MedianMicroseconds">Median time of one name.</param>
/// <param name="P99Microseconds">99th percentile of one name.</param>
/// <param name="SlowestMicroseconds">The slowest name.</param>
/// <param name="CandidateRecall">Of the misspelled listed names that the matcher matches with their own listed name, the share whose party the search found.</param>
/// <param name="HitsOfUnlisted">Share of synthetic unlisted people with a hit on a real list.</param>
public sealed record BenchResult(int Names, int Queries, double BuildSeconds, double PerSecond, double PerProcessorSecond, double MedianMicroseconds, double P99Microseconds, double SlowestMicroseconds, double CandidateRecall, double HitsOfUnlisted)
{
    /// <summary>The result as a Markdown table.</summary>
    public string ToMarkdown() => string.Create(CultureInfo.InvariantCulture, $"""
        | what | measured |
        |---|---|
        | listed names | {Names} |
        | names screened, one thread | {Queries} |
        | reading and indexing | {BuildSeconds:0.0} s |
        | names a second by the clock, other work on the machine included | {PerSecond:0} |
        | names a second of processor time, one core | {PerProcessorSecond:0} |
        | median, best of three of each name | {MedianMicroseconds:0} us |
        | p99, best of three of each name | {P99Microseconds:0} us |
        | slowest, best of three | {SlowestMicroseconds:0} us |
        | misspelled listed names whose party is found, of those that the matcher matches | {CandidateRecall:0.0000} |
        | synthetic unlisted people with a hit on a real list | {HitsOfUnlisted:0.0000} |

        """);
}
