namespace Stillgate.Lab.Baselines;

/// <summary>An edge of <see cref="SharingGraph"/>: that an account uses a thing.</summary>
/// <param name="Account">Number of the account.</param>
/// <param name="Column">Number of the thing.</param>
internal readonly record struct SharedUse(int Account, int Column);
