namespace Stillgate.Policy.Expressions;

/// <summary>What keeps an expression from costing more than its author could foresee. Each is tested at its bound.</summary>
internal static class ExpressionLimits
{
    /// <summary>UTF-16 units of one expression.</summary>
    public const int TextLengthMax = 16_384;

    /// <summary>How deep one expression may nest. The specification asks for 12 to 32, by construct.</summary>
    public const int DepthMax = 96;

    /// <summary>Parts of one expression after parsing.</summary>
    public const int NodeCountMax = 4_096;

    /// <summary>Variables that nested macros may hold at once.</summary>
    public const int LocalCountMax = 8;

    /// <summary>Elements that the macros of one evaluation may visit, together with the units that it may copy when joining text and lists.</summary>
    public const int StepCountMax = 20_000;

    /// <summary>Facts that a schema may declare: a result carries those it lacked as one 64-bit set.</summary>
    public const int FactCountMax = 64;

    /// <summary>UTF-16 units of a regular expression.</summary>
    public const int PatternLengthMax = 256;
}
