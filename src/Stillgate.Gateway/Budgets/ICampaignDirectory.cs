namespace Stillgate.Gateway.Budgets;

/// <summary>Says which campaign an account is in, from whatever the analysis last published. Called on the live path: it must not wait.</summary>
public interface ICampaignDirectory
{
    /// <summary>Looks an account up.</summary>
    /// <param name="account">Who is billed.</param>
    /// <returns>The campaign's id, or null where the account is in none.</returns>
    string? CampaignOf(string account);
}
