namespace Stillgate.Detection.Findings;

/// <summary>How the accounts of one peer class compare with the calibration's.</summary>
/// <param name="PeerClass">The class.</param>
/// <param name="Accounts">Accounts judged.</param>
/// <param name="BlocksTested">Blocks of accounts that were compared.</param>
/// <param name="Threshold">The p-value at or below which accounts are counted; 0 where the calibration is too small to say.</param>
/// <param name="ShareBelow">Share of the last block at or below it, flagged accounts left out.</param>
/// <param name="PValue">Chance of so many in a block where the calibration fits; 1 before the first.</param>
/// <param name="IsDrifting">Whether the last block's share is beyond its bound.</param>
public sealed record PeerClassFit(string PeerClass, int Accounts, int BlocksTested, double Threshold, double ShareBelow, double PValue, bool IsDrifting);
