using Stillgate.Gateway;
using Stillgate.Gateway.Recorder;
using Stillgate.Server.Hosting;

namespace Stillgate.Server.Configuration;

/// <summary>Checks settings as a whole and makes the host's options of them.</summary>
internal static class UpSettingsCheck
{
    public static GatewayHostOptions? ToHostOptions(UpSettings settings, string source, List<ConfigProblem> problems)
    {
        void Need(bool isThere, string path, string message)
        {
            if (!isThere)
            {
                problems.Add(new ConfigProblem(source, 0, path, message));
            }
        }

        Need(settings.Listen is not null || problems.Any(problem => problem.Path == "listen"), "listen", "missing: where to listen, such as http://127.0.0.1:8080");
        Need(settings.Store is not null, "store", "missing: the folder for keys, registrations and the exchange log");
        Need(settings.Providers.Count > 0 || problems.Any(problem => problem.Path.StartsWith("providers", StringComparison.Ordinal)), "providers", "missing: at least one provider");
        Need(settings.Listen is null || settings.Listen.Scheme == "http" || settings.Tls is not null || problems.Any(problem => problem.Path.StartsWith("tls", StringComparison.Ordinal)), "listen", "https needs tls.certificate and tls.key in the settings file");
        Need(settings.Tls is null || settings.Listen is null || settings.Listen.Scheme == "https", "tls", "listen is not https, so no certificate would be shown");
        Need(settings.Listen is null || ListenAddress.IsUsable(settings.Listen), "listen", "expected localhost or an IP address as the host; 0.0.0.0 is every address");
        Need(settings.AdminListen is not { } admin || (ListenAddress.IsUsable(admin) && !SamePlace(admin, settings.Listen)), "adminListen", "expected localhost or an IP address, and another port than listen");
        Need(settings.AdminListen is not { Scheme: "https" } || settings.AdminTls is not null || problems.Any(problem => problem.Path.StartsWith("adminTls", StringComparison.Ordinal)), "adminListen", "https needs adminTls.certificate and adminTls.key in the settings file");
        Need(settings.AdminListen is not { Scheme: "http", IsLoopback: false }, "adminListen", "expected https where it is not the loopback address: admin keys are sent to it");
        Need(settings.AdminTls is null || settings.AdminListen is { Scheme: "https" } || settings.ConsoleListen is { Scheme: "https" }, "adminTls", "neither adminListen nor console.listen is https, so no certificate would be shown");
        Need(settings.ConsoleListen is not { } console || ListenAddress.IsUsable(console), "console.listen", "expected localhost or an IP address as the host");
        Need(settings.ConsoleListen is not { Scheme: "https" } || settings.AdminTls is not null || problems.Any(problem => problem.Path.StartsWith("adminTls", StringComparison.Ordinal)), "console.listen", "https needs adminTls.certificate and adminTls.key in the settings file");
        Need(settings.ConsoleListen is not { Scheme: "http", IsLoopback: false }, "console.listen", "expected https where it is not the loopback address: admin keys are sent to it");
        Need(settings.BackgroundFile is null || File.Exists(settings.BackgroundFile), "background", $"{settings.BackgroundFile}: no such file");
        if (problems.Count > 0)
        {
            return null;
        }

        return new GatewayHostOptions
        {
            Listen = settings.Listen!,
            AdminListen = settings.AdminListen,
            AdminTls = settings.AdminTls,
            Console = settings.ConsoleListen is { } at ? new ConsoleListenOptions(at, settings.ConsoleNeedsSignIn ?? false) : null,
            StorePath = settings.Store!,
            Tls = settings.Tls,
            PlacesPath = settings.Places,
            IsOpen = settings.IsOpen ?? false,
            KeepContent = settings.KeepContent ?? false,
            Drain = TimeSpan.FromSeconds(settings.DrainSeconds ?? 30),
            BackgroundFile = settings.BackgroundFile,
            QueueCapacity = settings.QueueCapacity ?? 10_000,
            Telemetry = settings.Telemetry,
            Gateway = new GatewayOptions
            {
                GenAiVersion = settings.GenAiVersion ?? "1.37",
                Providers = settings.Providers,
                TrustedProxies = settings.TrustedProxies,
                ProviderRoots = settings.ProviderRoots,
                Limits = settings.Limits,
                Timeouts = settings.Timeouts,
                Controls = settings.Controls,
                Budgets = settings.Budgets,
                ForwardedHeaders = settings.ForwardHeaders,
                PassThrough = settings.PassThrough,
                Recorder = new RecorderOptions { IsRequired = settings.IsRecorderRequired ?? false },
            },
        };
    }

    private static bool SamePlace(Uri admin, Uri? listen) => admin.Port != 0 && admin.Port == listen?.Port;
}
