using System.Globalization;
using Stillgate.Gateway.Controls;

namespace Stillgate.Gateway.Decisions;

/// <summary>
/// The obligations of a rule that restricts. Those that the gateway can see to by itself (<c>no-logprobs</c>, <c>choices=N</c>,
/// <c>output-tokens=N</c>) it does; all of them are told to the client.
/// </summary>
internal sealed class Obligations(IReadOnlyList<string> words)
{
    private const string NoLogprobs = "no-logprobs";
    private readonly int? _choices = NumberOf(words, "choices=");
    private readonly int? _outputTokens = NumberOf(words, "output-tokens=");
    private readonly bool _noLogprobs = words.Contains(NoLogprobs);

    /// <summary>The operator's controls, tightened where the obligations ask for more than they do.</summary>
    public ControlOptions Tighten(ControlOptions options) => options with
    {
        Logprobs = _noLogprobs ? ControlMode.On : options.Logprobs,
        Choices = _choices is null ? options.Choices : ControlMode.On,
        ChoicesMax = Least(_choices, options.Choices, options.ChoicesMax),
        OutputTokens = _outputTokens is null ? options.OutputTokens : ControlMode.On,
        OutputTokensMax = Least(_outputTokens, options.OutputTokens, options.OutputTokensMax),
    };

    private static int Least(int? asked, ControlMode mode, int most) =>
        asked is { } bound ? (mode == ControlMode.On ? Math.Min(bound, most) : bound) : most;

    private static int? NumberOf(IReadOnlyList<string> words, string name)
    {
        var bounds = words.Where(word => word.StartsWith(name, StringComparison.Ordinal))
            .Select(word => int.TryParse(word.AsSpan(name.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : (int?)null)
            .OfType<int>().ToArray();
        return bounds.Length == 0 ? null : bounds.Min();
    }
}
