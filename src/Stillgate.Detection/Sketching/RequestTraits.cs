namespace Stillgate.Detection.Sketching;

/// <summary>Facts of a request that need no text to be kept.</summary>
[Flags]
public enum RequestTraits
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Earlier turns of the model are re-sent, or what its tools gave back: the request continues a conversation.</summary>
    Continuation = 1 << 0,

    /// <summary>Tools are offered.</summary>
    Tools = 1 << 1,

    /// <summary>A tool result or tool call is in the conversation.</summary>
    ToolTurn = 1 << 2,

    /// <summary>Token log-probabilities were asked for.</summary>
    Logprobs = 1 << 3,

    /// <summary>A logit bias was sent.</summary>
    LogitBias = 1 << 4,

    /// <summary>A stream was asked for.</summary>
    Stream = 1 << 5,

    /// <summary>A system prompt was sent.</summary>
    System = 1 << 6,

    /// <summary>The request holds an image or audio.</summary>
    Media = 1 << 7,

    /// <summary>The request holds a code block.</summary>
    Code = 1 << 8,

    /// <summary>The request's <see cref="Script"/>, three bits. Watched for errors that fall on one script's users; it feeds no score.</summary>
    ScriptMask = 7 << 9,
}
