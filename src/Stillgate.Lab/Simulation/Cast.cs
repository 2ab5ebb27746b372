using Stillgate.Lab.Simulation.Harvesting;
using Stillgate.Lab.Simulation.Population;

namespace Stillgate.Lab.Simulation;

/// <summary>Fills a composition: how many accounts of each kind.</summary>
internal static class Cast
{
    private const int AccountsAtScaleOne = 10_000;

    /// <summary>Of ten harvesting accounts, so many work alone.</summary>
    private const double SingleShare = 0.15;

    public static void Fill(Composition composition)
    {
        var total = (int)Math.Round(AccountsAtScaleOne * composition.Options.Scale);
        var harvesting = (int)Math.Round(total * composition.Options.HarvestShare);
        var legitimate = total - harvesting;
        int Share(double share) => (int)Math.Round(legitimate * share);

        PeopleCast.Add(composition, Share(0.56));
        ApplicationCast.Add(composition, Share(0.11));
        DeveloperCast.Add(composition, Share(0.05));
        EvaluatorCast.Add(composition, Share(0.02));
        EnterpriseCast.Add(composition, Share(0.09));
        CampusCast.Add(composition, Share(0.09));
        ResellerCast.Add(composition, Math.Max(1, Share(0.003)));
        FrameworkCast.Add(composition, Share(0.045));
        HackathonCast.Add(composition, Share(0.032));

        var singles = (int)Math.Round(harvesting * SingleShare);
        if (composition.Options.Rings is { Count: > 0 } rings)
        {
            new RingCast(composition).Add(rings);
        }
        else
        {
            new RingCast(composition).Add(harvesting - singles);
        }

        // Rings first: each gets a prompt of its own while there are any.
        SingleCast.Add(composition, singles);
    }
}
