using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Stillgate.Gateway.Telemetry;

namespace Stillgate.Server.Hosting;

/// <summary>
/// Sends the gateway's spans and measurements to a collector. The exporter has a bounded queue of its own and drops what a collector that
/// hangs does not take: serving goes on.
/// </summary>
internal sealed class TelemetryExport : IDisposable
{
    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    public TelemetryExport(TelemetryOptions options)
    {
        var resource = ResourceBuilder.CreateEmpty().AddService("stillgate");
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource(GenAiNames.Source)
            .AddOtlpExporter(otlp => Point(otlp, options, "v1/traces"))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter(GenAiNames.Source)
            .AddOtlpExporter((otlp, reader) =>
            {
                Point(otlp, options, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)options.MetricsInterval.TotalMilliseconds;
            })
            .Build();
    }

    /// <summary>Sends what waits and ends.</summary>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    // An address that is given in code is taken as it is: with HTTP each signal has a path of its own.
    private static void Point(OtlpExporterOptions otlp, TelemetryOptions options, string path)
    {
        otlp.Protocol = options.IsHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        otlp.Endpoint = options.IsHttp ? new Uri(options.Endpoint, path) : options.Endpoint;
    }
}
