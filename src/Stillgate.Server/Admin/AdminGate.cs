using System.Globalization;
using System.Threading.RateLimiting;
using Stillgate.Storage.Admin;

namespace Stillgate.Server.Admin;

/// <summary>Who may do what on the admin listener: finds the key, asks its role for the endpoint's right, and bounds how often it may ask.</summary>
internal sealed class AdminGate : IDisposable
{
    private readonly AdminKeyStore _keys;
    private readonly GuessBrake _brake;
    private readonly PartitionedRateLimiter<string> _rate;

    public AdminGate(AdminKeyStore keys, GuessBrake brake, int requestsPerMinute)
    {
        (_keys, _brake) = (keys, brake);
        _rate = PartitionedRateLimiter.Create<string, string>(id => RateLimitPartition.GetFixedWindowLimiter(
            id, _ => new FixedWindowRateLimiterOptions { PermitLimit = requestsPerMinute, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 }));
    }

    /// <summary>Lets a request through, its caller on it, or throws.</summary>
    /// <exception cref="AdminException">It may not.</exception>
    public void Admit(HttpContext context, AdminRight right)
    {
        var address = context.Connection.RemoteIpAddress;
        if (_brake.WaitOf(address) is { Ticks: > 0 } wait)
        {
            throw TooMany(context, wait, "Too many wrong keys came from this address.");
        }

        var presented = Presented(context.Request);
        if (presented is null || _keys.Find(presented) is not { } key)
        {
            if (presented is not null)
            {
                _brake.Failed(address);
            }

            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"stillgate-admin\"";
            throw AdminException.Refused(
                StatusCodes.Status401Unauthorized, "No valid admin key", "Send an admin key as 'Authorization: Bearer sga-...'; 'stillgate admin key create' makes one. A client's key is none.");
        }

        _brake.Succeeded(address);
        using var lease = _rate.AttemptAcquire(key.Id);
        if (!lease.IsAcquired)
        {
            throw TooMany(context, lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : TimeSpan.FromMinutes(1), "This admin key has asked too often within a minute.");
        }

        if (!AdminRights.Has(key.Role, right))
        {
            throw AdminException.Refused(
                StatusCodes.Status403Forbidden, "The role may not do this", $"The key's role is {AdminKeyStore.Word(key.Role)}; this needs {AdminRights.RolesWith(right)}.");
        }

        context.Features.Set(new AdminCaller(key));
    }

    public void Dispose() => _rate.Dispose();

    private static AdminException TooMany(HttpContext context, TimeSpan wait, string detail)
    {
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        return AdminException.Refused(StatusCodes.Status429TooManyRequests, "Too many requests", detail);
    }

    private static string? Presented(HttpRequest request)
    {
        const string Scheme = "Bearer ";
        var header = request.Headers.Authorization.ToString();
        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && header.Length > Scheme.Length ? header[Scheme.Length..].Trim() : null;
    }
}
