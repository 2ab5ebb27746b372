using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Stillgate.Server.Admin;

/// <summary>How requests to the admin listener ended, for Prometheus. The one label is a status that we answered with ourselves.</summary>
internal sealed class AdminMetrics
{
    private readonly ConcurrentDictionary<int, long> _byStatus = new();

    public void Count(int status) => _byStatus.AddOrUpdate(status, 1, static (_, count) => count + 1);

    public string ToPrometheusText()
    {
        var text = new StringBuilder("# HELP stillgate_admin_requests_total Requests to the admin listener, by the status of the answer.\n# TYPE stillgate_admin_requests_total counter\n");
        foreach (var (status, count) in _byStatus.OrderBy(one => one.Key))
        {
            text.Append(CultureInfo.InvariantCulture, $"stillgate_admin_requests_total{{status=\"{status}\"}} {count}\n");
        }

        return text.ToString();
    }
}
