using Stillgate.Lab.Simulation;

namespace Stillgate.Lab.Cueing;

/// <summary>A text of a composed log.</summary>
/// <param name="Account">Log and account.</param>
/// <param name="Label">What the account truly is.</param>
/// <param name="Text">The text.</param>
internal sealed record OrdinaryText(string Account, AccountLabel Label, string Text)
{
    /// <summary>What accounts have in common that ask in the same words: applications of a style in a language are composed from the same templates.</summary>
    public string Wording => string.Join('|', [Label.Kind, Label.Style, Label.Language, .. Label.Sources]);
}
