using System.Text.Json;
using Stillgate.Policy.Bundles;
using Stillgate.Policy.Rules;
using Stillgate.Storage.Policies;

namespace Stillgate.Server.Commands;

/// <summary>Prints what was and is in force in a store.</summary>
internal static class PolicyListing
{
    public static int Print(PolicyStore policies, bool asJson)
    {
        var history = policies.History();
        var signers = policies.Signers();
        var enforced = policies.EnforcedAt(DateTimeOffset.MaxValue).Order(StringComparer.Ordinal).ToArray();
        var rows = history.Select((one, index) => (Event: one, Bundle: Read(policies, one.Version), IsInForce: index == history.Count - 1)).ToArray();
        var notices = Notices(rows.LastOrDefault().Bundle);
        if (asJson)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(
                new
                {
                    history = rows.Select(row => new { row.Event.Version, row.Event.Action, row.Event.At, row.IsInForce, row.Bundle?.Signer, row.Bundle?.SignedAt, row.Bundle?.Note, files = row.Bundle?.Files.Select(file => file.Path) }),
                    enforced,
                    notices,
                    signers = signers.Select(signer => new { signer.Signer, signer.Name, signer.IsTrusted, signer.At }),
                },
                JsonSerializerOptions.Web));
            return ExitCode.Ok;
        }

        if (rows.Length == 0)
        {
            Console.Out.WriteLine("no policy was ever in force in this store");
        }

        foreach (var (happened, bundle, isInForce) in rows)
        {
            var signer = signers.FirstOrDefault(one => one.Signer == bundle?.Signer)?.Name ?? bundle?.Signer ?? "unknown";
            Console.Out.WriteLine($"{(isInForce ? "*" : " ")} {happened.At:yyyy-MM-dd HH:mm:ss}Z  {happened.Action,-8}  {happened.Version}  signed by {signer}{(bundle?.Note.Length > 0 ? ": " + bundle.Note : string.Empty)}");
        }

        Console.Out.WriteLine(enforced.Length == 0 ? "enforced: no rule; all only observe" : $"enforced: {string.Join(", ", enforced)}");
        foreach (var notice in notices)
        {
            Console.Out.WriteLine($"to decide: {notice.Field}: {notice.Message}");
        }

        return ExitCode.Ok;
    }

    /// <summary>What the policy in force leaves to a person today.</summary>
    private static IReadOnlyList<PolicyProblem> Notices(PolicyBundle? active) =>
        active is not null && PolicyCompiler.TryCompile([.. active.Files.Select(file => (file.Path, file.Text))], out _) is { } policy
            ? PolicyNotices.At(policy, TimeProvider.System.GetUtcNow())
            : [];

    private static PolicyBundle? Read(PolicyStore policies, string version) =>
        policies.BundleOf(version) is { } bytes ? PolicyBundle.TryRead(bytes.Span, out _) : null;
}
