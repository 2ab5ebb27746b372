namespace Stillgate.Server.Admin;

/// <summary>On an endpoint, for the document alone: what its body is. Routing must not read it, or a wrong type would be a missing page.</summary>
/// <param name="Shape">What the body holds.</param>
/// <param name="ContentTypes">In which types it may come.</param>
internal sealed record BodyShape(Type Shape, IReadOnlyList<string> ContentTypes);
