using Stillgate.Gateway.Telemetry;
using Stillgate.Server.Hosting;

namespace Stillgate.Server.Configuration;

/// <summary>Reads <c>telemetry</c>.</summary>
internal static class TelemetrySection
{
    public static TelemetryOptions? Read(ConfigSection? section, out string? genAiVersion)
    {
        genAiVersion = null;
        if (section is null)
        {
            return null;
        }

        var endpoint = section.Address("otlp");
        var protocol = section.Choice("protocol", "grpc", "http");
        var seconds = section.Number("metricsSeconds", 1, 3600);
        genAiVersion = section.Choice("genAi", [.. GenAiNames.Versions]);
        section.RejectUnknown();
        if (endpoint is null && !section.Has("otlp"))
        {
            section.Reject("", "needs otlp, the address of a collector");
        }

        return endpoint is null ? null : new TelemetryOptions { Endpoint = endpoint, IsHttp = protocol == "http", MetricsInterval = TimeSpan.FromSeconds(seconds ?? 15) };
    }
}
