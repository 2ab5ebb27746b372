using Stillgate.Lab.Simulation.Texts;

namespace Stillgate.Lab.Simulation.Harvesting;

/// <summary>
/// Deals languages to rings so that their accounts follow the distribution of everybody's. Independent draws for some tens of
/// rings of very different sizes would leave languages without any harvest.
/// </summary>
internal sealed class LanguageDeal
{
    private readonly double[] _weights = [.. BuiltInTexts.All.Select(texts => Languages.Table.First(entry => entry.Code == texts.Language).Weight)];
    private readonly double[] _accounts = new double[BuiltInTexts.All.Count];

    /// <summary>A language at random among those that are behind, in proportion to how far.</summary>
    /// <param name="accounts">Accounts that will work in it.</param>
    /// <param name="chance">Draws.</param>
    public string Deal(double accounts, Chance chance)
    {
        var total = _accounts.Sum() + accounts;
        var behind = _weights.Select((weight, index) => Math.Max(1e-9, (weight * total) - _accounts[index])).ToArray();
        var chosen = chance.Weighted(behind);
        _accounts[chosen] += accounts;
        return BuiltInTexts.All[chosen].Language;
    }
}
