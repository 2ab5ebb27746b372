namespace Stillgate.Parties.Lists;

/// <summary>One name of a listed party.</summary>
/// <param name="Text">The name, given name first for people.</param>
/// <param name="Kind">How the list calls it: <c>primary</c>, <c>aka</c>, <c>fka</c>, <c>weak</c> and so on, lower case.</param>
public sealed record ListName(string Text, string Kind);
