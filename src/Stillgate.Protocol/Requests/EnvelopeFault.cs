namespace Stillgate.Protocol.Requests;

/// <summary>Why a request's body was not accepted.</summary>
public enum EnvelopeFault
{
    /// <summary>It was accepted.</summary>
    None,

    /// <summary>The body is not JSON, or not valid UTF-8.</summary>
    NotJson,

    /// <summary>The body is JSON but not an object, or something follows the object.</summary>
    NotAnObject,

    /// <summary>Two top-level members have one name: readers differ in which they believe, so a rule could be passed by.</summary>
    DuplicateMember,

    /// <summary>Nested deeper than <see cref="EnvelopeParser.DepthMax"/>.</summary>
    TooDeep,

    /// <summary>More than <see cref="EnvelopeParser.MembersMax"/> top-level members.</summary>
    TooManyMembers,

    /// <summary><c>model</c> is missing, empty, too long or not a string.</summary>
    NoModel,
}
