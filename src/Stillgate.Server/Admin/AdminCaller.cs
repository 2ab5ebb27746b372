using Microsoft.AspNetCore.Http.Features;
using Stillgate.Storage.Admin;

namespace Stillgate.Server.Admin;

/// <summary>Whose request it is; on the request from the gate on.</summary>
internal sealed class AdminCaller(StoredAdminKey key)
{
    public StoredAdminKey Key => key;

    public static AdminCaller Of(HttpContext context) => context.Features.GetRequiredFeature<AdminCaller>();
}
