namespace Stillgate.Lab.Baselines;

/// <summary>Accounts that have much in common that few others have.</summary>
/// <param name="Accounts">The accounts, ordinal order.</param>
/// <param name="ColumnCount">Things that they share.</param>
/// <param name="Density">Sum of the weights of their uses by the number of accounts and things.</param>
internal sealed record DenseBlock(IReadOnlyList<string> Accounts, int ColumnCount, double Density);
