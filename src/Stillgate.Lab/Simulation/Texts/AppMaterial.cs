namespace Stillgate.Lab.Simulation.Texts;

/// <summary>What one application sends: a fixed system prompt and inputs.</summary>
/// <param name="Kind">As <see cref="AppTemplate.Kind"/>.</param>
/// <param name="System">System prompt, or null.</param>
/// <param name="Batch">Runs over a stock of documents rather than for waiting users.</param>
/// <param name="Inputs">The inputs; a prompt with several messages is a dialogue and is sent turn by turn.</param>
internal sealed record AppMaterial(string Kind, string? System, bool Batch, PromptPool Inputs);
