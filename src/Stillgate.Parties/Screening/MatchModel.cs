using System.Text.Json;

namespace Stillgate.Parties.Screening;

/// <summary>The fitted weights of one reading of names: a logistic regression over named features.</summary>
/// <param name="Bias">Log-odds before any feature.</param>
/// <param name="Weights">Log-odds a unit of each feature, in the order of the feature names.</param>
internal sealed record MatchModel(double Bias, double[] Weights)
{
    private const string Resource = "model/name-model.json";

    public static MatchModel Person { get; } = Load("person", PersonFeatures.Names);

    public static MatchModel Organization { get; } = Load("organization", OrganizationFeatures.Names);

    /// <summary>The name and date of the weights, kept with every verdict.</summary>
    public static string Version { get; } = ReadVersion();

    public double LogOdds(double[] values)
    {
        var sum = Bias;
        for (var index = 0; index < values.Length; index++)
        {
            sum += Weights[index] * values[index];
        }

        return sum;
    }

    private static MatchModel Load(string reading, string[] names)
    {
        using var document = Open();
        var part = document.RootElement.GetProperty(reading);
        var weights = part.GetProperty("weights");
        return new MatchModel(part.GetProperty("bias").GetDouble(), [.. names.Select(name => weights.TryGetProperty(name, out var weight) ? weight.GetDouble() : 0)]);
    }

    private static string ReadVersion()
    {
        using var document = Open();
        return document.RootElement.GetProperty("version").GetString() ?? throw new InvalidOperationException("The name model has no version.");
    }

    private static JsonDocument Open()
    {
        using var stream = typeof(MatchModel).Assembly.GetManifestResourceStream(Resource) ?? throw new InvalidOperationException($"The model '{Resource}' is not in the assembly.");
        return JsonDocument.Parse(stream);
    }
}
