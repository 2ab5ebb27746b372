namespace Stillgate.WebConsole.Pages;

/// <summary>What the frame around every page needs to know.</summary>
public sealed record PageContext
{
    /// <summary><c>light</c> or <c>dark</c> where the reader chose one, otherwise null: the system's preference holds.</summary>
    public required string? Theme { get; init; }

    /// <summary>What the console says of its installation.</summary>
    public required ConsoleOptions Options { get; init; }

    /// <summary>Address of the style sheet, with the hash of its content.</summary>
    public required string StyleAddress { get; init; }

    /// <summary>Address of the script, with the hash of its content.</summary>
    public required string ScriptAddress { get; init; }

    /// <summary>Whose key the reader signed in with; null where the console is open or nobody did.</summary>
    public string? SignedInAs { get; init; }

    /// <summary>When the page was made, UTC.</summary>
    public required DateTimeOffset RenderedAt { get; init; }
}
