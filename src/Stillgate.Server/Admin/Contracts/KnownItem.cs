namespace Stillgate.Server.Admin.Contracts;

/// <summary>Something that was stated about a customer: the account itself, an attestation, a holding.</summary>
/// <param name="Statement">The kind of statement.</param>
/// <param name="Fields">What stood at the moment asked about.</param>
internal sealed record KnownItem(string Statement, IReadOnlyList<KnownField> Fields);
