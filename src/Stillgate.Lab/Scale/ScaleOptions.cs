using Stillgate.Detection.Evidence;
using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Scale;

/// <summary>A campaign hidden among very many accounts.</summary>
public sealed record ScaleOptions
{
    /// <summary>Legitimate accounts, 1,000 to 2,000,000.</summary>
    public required int Accounts { get; init; }

    /// <summary>Accounts of the campaign, 4 to 100,000.</summary>
    public required int CampaignAccounts { get; init; }

    /// <summary>Exchanges of the campaign, about; at least one an account.</summary>
    public required long CampaignExchanges { get; init; }

    /// <summary>Kind of ring that the campaign is (<see cref="RingKinds"/>).</summary>
    public string CampaignKind { get; init; } = RingKinds.FixedPrompt;

    /// <summary>Wordings of its prompt: the largest disclosed set of accounts with one fixed prompt is 3,500, a seventh of such a campaign.</summary>
    public int Wordings { get; init; } = 7;

    /// <summary>Most exchanges of a legitimate account; each draws its own limit from 3 up, on a logarithmic scale.</summary>
    public int LegitimateExchangesMax { get; init; } = 40;

    /// <summary>Texts, sources, wrappers, seed and days to compose from; scale and rings are replaced.</summary>
    public required SimulationOptions Texts { get; init; }

    /// <summary>The calibration.</summary>
    public required CalibrationSet Calibration { get; init; }

    /// <summary>The composition.</summary>
    /// <returns>Options of a composition.</returns>
    /// <exception cref="SimulationException">A number is out of range.</exception>
    public SimulationOptions Composition()
    {
        if (Accounts is < 1_000 or > 2_000_000)
        {
            throw new SimulationException($"--accounts {Accounts}: expected 1,000 to 2,000,000");
        }

        var each = CampaignAccounts < 1 ? 0 : CampaignExchanges / CampaignAccounts;
        if (CampaignAccounts is < 4 or > 100_000 || each is < 1 or > 100_000)
        {
            throw new SimulationException($"--campaign-accounts {CampaignAccounts} --campaign-exchanges {CampaignExchanges}: expected 4 to 100,000 accounts and 1 to 100,000 exchanges each");
        }

        if (!RingKinds.Drawn.Contains(CampaignKind) || Wordings < 1)
        {
            throw new SimulationException($"--campaign-kind {CampaignKind} --wordings {Wordings}: expected one of the kinds {string.Join(", ", RingKinds.Drawn)} and at least one wording");
        }

        return Texts with
        {
            Scale = Accounts / 10_000.0,
            HarvestShare = 0,
            LegitimateExchangesMax = LegitimateExchangesMax,
            Rings = [new RingRequest(CampaignKind, CampaignAccounts, CoverShare: null) { ExchangesEach = (int)each, WordingCount = Wordings }],
        };
    }
}
