using Stillgate.Server.Configuration;

namespace Stillgate.Server.Hosting;

/// <summary>
/// Puts the settings as they are now in force in a running gateway, all of them or none. Exchanges under way keep those that they began
/// with. Settings that are wrong, or that only a restart can change, change nothing, and each of them is logged.
/// </summary>
/// <param name="host">The running gateway.</param>
/// <param name="running">The options that it was started with.</param>
/// <param name="read">Reads the settings; null where something is wrong with them.</param>
/// <param name="logger">Told what became of a reload.</param>
internal sealed class ConfigReloader(GatewayHost host, GatewayHostOptions running, Func<List<ConfigProblem>, GatewayHostOptions?> read, ILogger logger)
{
    private readonly Lock _turn = new();

    /// <summary>Reloads.</summary>
    /// <returns>What is wrong; empty where the settings are in force.</returns>
    public IReadOnlyList<ConfigProblem> Reload()
    {
        lock (_turn)
        {
            var problems = new List<ConfigProblem>();
            var options = read(problems);
            if (options is not null)
            {
                problems.AddRange(FixedAtStart(options));
            }

            host.Metrics.ConfigReloaded(problems.Count == 0);
            foreach (var problem in problems)
            {
                ServerLog.ReloadRefused(logger, problem.ToString());
            }

            if (problems.Count == 0)
            {
                host.Configs.Replace(options!.Gateway);
                ServerLog.Reloaded(logger, options.Gateway.Providers.Count);
            }

            return problems;
        }
    }

    private IEnumerable<ConfigProblem> FixedAtStart(GatewayHostOptions options)
    {
        (string Name, object? Old, object? New)[] settings =
        [
            ("listen", running.Listen, options.Listen),
            ("adminListen", running.AdminListen, options.AdminListen),
            ("console", running.Console, options.Console),
            ("adminTls", running.AdminTls, options.AdminTls),
            ("store", running.StorePath, options.StorePath),
            ("open", running.IsOpen, options.IsOpen),
            ("keepContent", running.KeepContent, options.KeepContent),
            ("drainSeconds", running.Drain, options.Drain),
            ("queueCapacity", running.QueueCapacity, options.QueueCapacity),
            ("timeouts.connectMs", running.Gateway.Timeouts.Connect, options.Gateway.Timeouts.Connect),
            ("telemetry", (running.Telemetry, running.Gateway.GenAiVersion), (options.Telemetry, options.Gateway.GenAiVersion)),
        ];
        return settings.Where(setting => !Equals(setting.Old, setting.New)).Select(setting => new ConfigProblem("reload", 0, setting.Name, "changed, but only a restart can change it"));
    }
}
