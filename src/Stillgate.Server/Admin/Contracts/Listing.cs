namespace Stillgate.Server.Admin.Contracts;

/// <summary>A list, or a page of one.</summary>
/// <typeparam name="T">What is listed.</typeparam>
/// <param name="Items">The items.</param>
/// <param name="Next">What to ask for to get the page after this one; null where it is the last.</param>
internal sealed record Listing<T>(IReadOnlyList<T> Items, string? Next = null);
