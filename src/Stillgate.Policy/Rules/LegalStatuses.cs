using System.Text.Json;

namespace Stillgate.Policy.Rules;

/// <summary>How a legal status is written in a policy file.</summary>
public static class LegalStatuses
{
    /// <summary>For example <c>in-force</c>.</summary>
    public static string WordOf(LegalStatus status) => JsonNamingPolicy.KebabCaseLower.ConvertName(status.ToString());
}
