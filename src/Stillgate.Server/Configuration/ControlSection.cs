using Stillgate.Gateway.Controls;

namespace Stillgate.Server.Configuration;

/// <summary>Reads <c>controls</c>.</summary>
internal static class ControlSection
{
    public static ControlOptions Read(ConfigSection? section)
    {
        var defaults = new ControlOptions();
        if (section is null)
        {
            return defaults;
        }

        var controls = new ControlOptions
        {
            Logprobs = Mode(section, "logprobs"),
            LogitBiasWithLogprobs = Mode(section, "logitBiasWithLogprobs"),
            LogitBiasWindow = section.Number("logitBiasWindowSeconds", 1, 604_800) is { } seconds ? TimeSpan.FromSeconds(seconds) : defaults.LogitBiasWindow,
            Choices = Mode(section, "choices"),
            ChoicesMax = (int)(section.Number("choicesMax", 1, 1000) ?? defaults.ChoicesMax),
            OutputTokens = Mode(section, "outputTokens"),
            OutputTokensMax = (int)(section.Number("outputTokensMax", 1, int.MaxValue) ?? defaults.OutputTokensMax),
        };
        section.RejectUnknown();
        return controls;
    }

    private static ControlMode Mode(ConfigSection section, string name) => section.Choice(name, "off", "observe", "on") switch
    {
        "observe" => ControlMode.Observe,
        "on" => ControlMode.On,
        _ => ControlMode.Off,
    };
}
