using System.Diagnostics.CodeAnalysis;

namespace Stillgate.Policy.Expressions;

/// <summary>What an <see cref="ExpressionValue"/> holds. The first two are not values of the language but results of evaluating it.</summary>
[SuppressMessage("Naming", "CA1720", Justification = "These are the language's own type names.")]
public enum ValueKind
{
    /// <summary>A fact that the result needs is not known; the value carries which.</summary>
    Undetermined,

    /// <summary>Evaluation failed (a division by zero, a key that is not there); the value carries why.</summary>
    Error,

    /// <summary><c>null</c>.</summary>
    Null,

    /// <summary><c>bool</c>.</summary>
    Bool,

    /// <summary><c>int</c>, 64 bits, signed.</summary>
    Int,

    /// <summary><c>uint</c>, 64 bits.</summary>
    UInt,

    /// <summary><c>double</c>.</summary>
    Double,

    /// <summary><c>string</c>; lengths and order are by code point.</summary>
    String,

    /// <summary><c>bytes</c>.</summary>
    Bytes,

    /// <summary><c>list</c>.</summary>
    List,

    /// <summary><c>map</c>.</summary>
    Map,

    /// <summary>The type of a value, itself a value.</summary>
    Type,

    /// <summary><c>timestamp</c>: seconds since 1970 and nanoseconds, years 1 to 9999.</summary>
    Timestamp,

    /// <summary><c>duration</c>: nanoseconds in 64 bits.</summary>
    Duration,
}
