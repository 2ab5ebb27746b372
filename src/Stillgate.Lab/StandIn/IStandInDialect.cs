namespace Stillgate.Lab.StandIn;

/// <summary>One API's way of saying an answer.</summary>
internal interface IStandInDialect
{
    /// <summary>The whole answer as one body.</summary>
    byte[] Body(StandInPrompt prompt, IReadOnlyList<string> tokens);

    /// <summary>The answer as the events of a stream, in order, each with its blank line.</summary>
    IEnumerable<byte[]> Events(StandInPrompt prompt, IReadOnlyList<string> tokens);

    /// <summary>An error's body.</summary>
    byte[] Error(int status);

    /// <summary>An error inside a stream.</summary>
    byte[] ErrorEvent();
}
