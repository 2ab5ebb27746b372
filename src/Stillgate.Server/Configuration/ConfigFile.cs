using Stillgate.Gateway;
using Stillgate.Gateway.Forwarder;
using Stillgate.Gateway.Limits;
using Stillgate.Protocol.ExchangeLog;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stillgate.Server.Configuration;

/// <summary>Reads <c>stillgate.yaml</c>. It finds every problem in one pass; <c>docs/operations/configuration.md</c> lists the settings.</summary>
internal static class ConfigFile
{
    public static UpSettings Read(string path, List<ConfigProblem> problems)
    {
        if (Load(path, problems) is not { } root)
        {
            return new UpSettings();
        }

        var section = new ConfigSection(root, path, "", problems);
        var settings = new UpSettings
        {
            Listen = section.Address("listen"),
            AdminListen = section.Address("adminListen"),
            Store = section.Text("store"),
            IsOpen = section.Flag("open"),
            KeepContent = section.Flag("keepContent"),
            IsRecorderRequired = section.Choice("recorder", "best-effort", "required") switch
            {
                null => null,
                var choice => choice == "required",
            },
            DrainSeconds = (int?)section.Number("drainSeconds", 0, 86_400),
            QueueCapacity = (int?)section.Number("queueCapacity", 1, 10_000_000),
            BackgroundFile = section.Text("background"),
            Tls = EdgeSections.ReadTls(section.Section("tls")),
            TrustedProxies = EdgeSections.ReadProxies(section.Section("trustedProxies")),
            ProviderRoots = EdgeSections.ReadRoots(section, "providerRoots"),
            Places = section.Text("places"),
            Limits = ReadLimits(section.Section("limits")),
            Timeouts = ReadTimeouts(section.Section("timeouts")),
            Telemetry = TelemetrySection.Read(section.Section("telemetry"), out var genAiVersion),
            GenAiVersion = genAiVersion,
            Controls = ControlSection.Read(section.Section("controls")),
            Budgets = [.. section.Sections("budgets").Select(BudgetSection.Read)],
            ForwardHeaders = section.Texts("forwardHeaders") ?? [],
            Providers = [.. section.Sections("providers").Select(ProviderSection.Read).OfType<ProviderOptions>()],
            AdminTls = EdgeSections.ReadTls(section.Section("adminTls")),
            ConsoleListen = ReadConsole(section.Section("console"), out var needsSignIn),
            ConsoleNeedsSignIn = needsSignIn,
            PassThrough = ReadPassThrough(section),
        };
        section.RejectUnknown();
        return settings;
    }

    internal static YamlNode? Load(string path, List<ConfigProblem> problems)
    {
        if (InputFile.MistakeOf(path) is { } mistake)
        {
            problems.Add(new ConfigProblem(path, 0, "", mistake));
            return null;
        }

        try
        {
            using var reader = new StreamReader(path);
            var yaml = new YamlStream();
            yaml.Load(reader);
            if (yaml.Documents.Count > 0)
            {
                return yaml.Documents[0].RootNode;
            }

            problems.Add(new ConfigProblem(path, 0, "", "the file is empty"));
        }
        catch (YamlException cause)
        {
            problems.Add(new ConfigProblem(path, cause.Start.Line, "", "not YAML: " + (cause.InnerException ?? cause).Message));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            problems.Add(new ConfigProblem(path, 0, "", "cannot be read: " + cause.Message));
        }

        return null;
    }

    private static IReadOnlyList<string> ReadPassThrough(ConfigSection section)
    {
        var paths = section.Texts("passThrough") ?? [];
        for (var i = 0; i < paths.Count; i++)
        {
            if (GatewayOptions.PassThroughProblemOf(paths[i]) is { } problem)
            {
                section.Reject("passThrough", $"entry {i + 1}, '{paths[i]}': {problem}");
            }
        }

        return paths;
    }

    private static Uri? ReadConsole(ConfigSection? section, out bool? needsSignIn)
    {
        needsSignIn = section?.Flag("signIn");
        var listen = section?.Address("listen");
        if (section is not null && !section.Has("listen"))
        {
            section.Reject("listen", "missing: where the console listens, such as http://127.0.0.1:8090");
        }

        section?.RejectUnknown();
        return listen;
    }

    private static LimitOptions ReadLimits(ConfigSection? section)
    {
        var defaults = new LimitOptions();
        if (section is null)
        {
            return defaults;
        }

        var limits = new LimitOptions
        {
            BodyBytesMax = (int)(section.Number("bodyBytesMax", 1024, 1 << 30) ?? defaults.BodyBytesMax),
            BufferedBytesMax = section.Number("bufferedBytesMax", 1 << 20, long.MaxValue) ?? defaults.BufferedBytesMax,
        };
        if (limits.BufferedBytesMax < limits.BodyBytesMax)
        {
            section.Reject("bufferedBytesMax", "must not be less than limits.bodyBytesMax, or the largest body could never be taken");
        }

        section.RejectUnknown();
        return limits;
    }

    private static TimeoutOptions ReadTimeouts(ConfigSection? section)
    {
        var defaults = new TimeoutOptions();
        if (section is null)
        {
            return defaults;
        }

        var timeouts = new TimeoutOptions
        {
            Connect = Milliseconds(section, "connectMs", defaults.Connect),
            FirstByte = Milliseconds(section, "firstByteMs", defaults.FirstByte),
            Gap = Milliseconds(section, "gapMs", defaults.Gap),
            Total = Milliseconds(section, "totalMs", defaults.Total),
        };
        section.RejectUnknown();
        return timeouts;
    }

    private static TimeSpan Milliseconds(ConfigSection section, string name, TimeSpan otherwise) =>
        section.Number(name, 1, 86_400_000) is { } value ? TimeSpan.FromMilliseconds(value) : otherwise;
}
