namespace Stillgate.Gateway.Telemetry;

/// <summary>
/// Every name of OpenTelemetry's semantic conventions for generative AI that the gateway uses, by their version: the conventions are
/// not stable, and a dashboard must not break because we follow them.
/// </summary>
/// <param name="ProviderName">The attribute that names the vendor: <c>gen_ai.system</c> up to 1.36, <c>gen_ai.provider.name</c> from 1.37 on.</param>
public sealed record GenAiNames(string ProviderName)
{
    /// <summary>Name of the source of spans and of the meter.</summary>
    public const string Source = "Stillgate.Gateway";

    internal const string TokenUsage = "gen_ai.client.token.usage";
    internal const string RequestDuration = "gen_ai.server.request.duration";
    internal const string TimeToFirstToken = "gen_ai.server.time_to_first_token";
    internal const string Operation = "gen_ai.operation.name";
    internal const string RequestModel = "gen_ai.request.model";
    internal const string InputTokens = "gen_ai.usage.input_tokens";
    internal const string OutputTokens = "gen_ai.usage.output_tokens";
    internal const string TokenType = "gen_ai.token.type";
    internal const string ErrorType = "error.type";
    internal const string Status = "http.response.status_code";
    internal const string Exchange = "stillgate.exchange";
    internal const string End = "stillgate.end";

    // As the conventions give them for these instruments.
    internal static readonly double[] SecondsBounds = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];
    internal static readonly long[] TokenBounds = [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    /// <summary>The versions that can be chosen.</summary>
    public static IReadOnlyList<string> Versions { get; } = ["1.36", "1.37"];

    /// <summary>Names of a version.</summary>
    /// <param name="version">One of <see cref="Versions"/>.</param>
    /// <returns>The names.</returns>
    public static GenAiNames Of(string version) => version == "1.36" ? new GenAiNames("gen_ai.system") : new GenAiNames("gen_ai.provider.name");
}
