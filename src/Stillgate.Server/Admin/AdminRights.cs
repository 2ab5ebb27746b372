using Stillgate.Storage.Admin;

namespace Stillgate.Server.Admin;

/// <summary>Which role has which right. <c>docs/operations/admin.md</c> shows the same table.</summary>
internal static class AdminRights
{
    private static readonly Dictionary<AdminRole, AdminRight[]> ByRole = new()
    {
        [AdminRole.Viewer] = [AdminRight.Read],
        [AdminRole.Operator] = [AdminRight.Read, AdminRight.Keys, AdminRight.Holds, AdminRight.Reload],
        [AdminRole.Compliance] = [AdminRight.Read, AdminRight.Holds, AdminRight.ReadCustomers, AdminRight.Customers, AdminRight.Policy],
        [AdminRole.Owner] = Enum.GetValues<AdminRight>(),
    };

    public static bool Has(AdminRole role, AdminRight right) => ByRole[role].Contains(right);

    /// <summary>The roles that have a right, in words.</summary>
    public static string RolesWith(AdminRight right) =>
        string.Join(" or ", Enum.GetValues<AdminRole>().Where(role => Has(role, right)).Select(AdminKeyStore.Word));
}
