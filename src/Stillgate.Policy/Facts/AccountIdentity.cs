namespace Stillgate.Policy.Facts;

/// <summary>Of whom facts are asked.</summary>
/// <param name="Account">Who is billed.</param>
/// <param name="Organization">The legal customer as the account's key names it; a statement about the account wins. Null where no key does.</param>
/// <param name="EndCustomer">The account's own customer, where the account resells and passes it through; otherwise null.</param>
public readonly record struct AccountIdentity(string Account, string? Organization = null, string? EndCustomer = null);
