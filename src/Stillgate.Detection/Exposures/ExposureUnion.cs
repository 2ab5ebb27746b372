using Stillgate.Detection.Findings;

namespace Stillgate.Detection.Exposures;

/// <summary>What several principals have received together: exactly what one that had received all of it would show.</summary>
internal static class ExposureUnion
{
    /// <summary>Full traces in one unit: the size of the sets that transfer most of a skill (<c>docs/signals.md</c>).</summary>
    public const int UnitTraces = 1_000;

    private static readonly string[] Words = ["agent", "code", "judging", "reasoning", "general"];
    private static readonly double Reference = GramMatrix.Reference(UnitTraces);

    /// <summary>What one principal has received; computed once until it receives more.</summary>
    public static ExposureUnits Of(ExposureAccount principal) => principal.Known ??= Of([principal]);

    public static ExposureUnits Of(IReadOnlyCollection<ExposureAccount> principals)
    {
        var domains = new List<ExposureOfDomain>();
        double most = 0;
        for (var domain = 0; domain < ExposureAccount.Domains; domain++)
        {
            if (Sum(principals, domain) is { } found)
            {
                domains.Add(found);
                most = Math.Max(most, Math.Max(found.Units, found.Traces / UnitTraces));
            }
        }

        return domains.Count == 0 ? ExposureUnits.None : new ExposureUnits(Math.Round(most, 6), domains);
    }

    private static ExposureOfDomain? Sum(IReadOnlyCollection<ExposureAccount> principals, int domain)
    {
        var weight = principals.Sum(principal => principal.Weight(domain));
        if (weight == 0)
        {
            return null;
        }

        var sum = new GramMatrix();
        foreach (var principal in principals)
        {
            if (principal.HasSubjects)
            {
                principal.AddTo(domain, sum);
            }
        }

        var information = sum.Information();
        return new ExposureOfDomain(Words[domain], Math.Round((double)weight / GramMatrix.WeightUnit, 6), Math.Round(information, 6), Math.Round(information / Reference, 6));
    }
}
