using Stillgate.Gateway.Forwarder;

namespace Stillgate.Server.Configuration;

/// <summary>Reads one entry of <c>providers</c>.</summary>
internal static class ProviderSection
{
    /// <summary>Dialects that this build forwards.</summary>
    public static IReadOnlyList<string> Dialects { get; } = Protocol.ExchangeLog.Dialects.Answering;

    public static ProviderOptions? Read(ConfigSection section)
    {
        var name = section.Text("name");
        var address = section.Address("url");
        var dialects = section.Texts("dialects");
        var models = section.Texts("models");
        var weight = section.Number("weight", 1, 1000) ?? 1;
        var credential = ReadCredential(section.Section("credential"));
        var probe = ReadProbe(section.Section("probe"));
        section.RejectUnknown();
        foreach (var dialect in (dialects ?? []).Except(Dialects))
        {
            section.Reject("dialects", $"'{dialect}' is not served; expected {string.Join(", ", Dialects)}");
        }

        if (address is null && !section.Has("url"))
        {
            section.Reject("", "needs a url");
        }

        if (dialects is null or { Count: 0 } && !section.Has("dialects"))
        {
            section.Reject("", "needs dialects");
        }

        return address is null || dialects is null ? null : Create(name ?? address.Host, address, dialects, models ?? ["*"], credential) with { Weight = (int)weight, Probe = probe };
    }

    /// <summary>Makes a provider; a base path that ends in <c>/v1</c> or <c>/v1beta</c>, as SDKs have it, is taken without that end.</summary>
    public static ProviderOptions Create(string name, Uri address, IReadOnlyList<string> dialects, IReadOnlyList<string> models, string? credential)
    {
        var path = address.AbsolutePath.TrimEnd('/');
        foreach (var version in (string[])["/v1", "/v1beta"])
        {
            path = path.EndsWith(version, StringComparison.Ordinal) ? path[..^version.Length] : path;
        }

        return new ProviderOptions
        {
            Name = name,
            Address = new Uri(address, path + "/"),
            Dialects = dialects,
            Models = models,
            Credential = credential,
        };
    }

    private static ProbeOptions? ReadProbe(ConfigSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var path = section.Text("path");
        var every = section.Number("everyMs", 100, 3_600_000) ?? 10_000;
        var timeout = section.Number("timeoutMs", 10, 600_000) ?? 2_000;
        section.RejectUnknown();
        if (path is null && !section.Has("path"))
        {
            section.Reject("", "needs a path, such as v1/models");
        }

        return path is null ? null : new ProbeOptions { Path = path, Interval = TimeSpan.FromMilliseconds(every), Timeout = TimeSpan.FromMilliseconds(timeout) };
    }

    /// <summary>A credential is named, never written down: the file is fit to be shown and kept.</summary>
    private static string? ReadCredential(ConfigSection? section)
    {
        if (section is null)
        {
            return null;
        }

        var variable = section.Text("env");
        var file = section.Text("file");
        section.RejectUnknown();
        if ((variable is null) == (file is null))
        {
            section.Reject("", "needs either env (a variable's name) or file (a path)");
            return null;
        }

        if (variable is not null)
        {
            var value = Environment.GetEnvironmentVariable(variable);
            if (string.IsNullOrWhiteSpace(value))
            {
                section.Reject("env", $"the environment variable {variable} is not set");
            }

            return value?.Trim();
        }

        try
        {
            return File.ReadAllText(file!).Trim();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            section.Reject("file", "cannot be read: " + cause.Message);
            return null;
        }
    }
}
