namespace Stillgate.Detection.Findings;

/// <summary>How many accounts that write in a script are flagged. Flags, not errors: nobody has judged them.</summary>
/// <param name="Script">The script.</param>
/// <param name="Judged">Accounts judged.</param>
/// <param name="Flagged">Those whose verdict is harvest.</param>
/// <param name="PValue">Chance of so many if flags fell without regard to script; 1 where too few were judged.</param>
/// <param name="IsUneven">Whether that is beyond the bound.</param>
public sealed record ScriptFlags(string Script, int Judged, int Flagged, double PValue, bool IsUneven);
