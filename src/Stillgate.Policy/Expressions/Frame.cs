using System.Runtime.CompilerServices;

namespace Stillgate.Policy.Expressions;

/// <summary>What one evaluation works on. Lives on the caller's stack: an evaluation without macros that build lists allocates nothing.</summary>
internal ref struct Frame(ReadOnlySpan<ExpressionValue> facts)
{
    /// <summary>The variables of the macros that are being evaluated.</summary>
    public LocalBuffer Locals;

    /// <summary>Steps left, see <see cref="ExpressionLimits.StepCountMax"/>.</summary>
    public int StepsLeft = ExpressionLimits.StepCountMax;

    public readonly ReadOnlySpan<ExpressionValue> Facts = facts;

    public bool TrySpend(int steps) => (StepsLeft -= steps) >= 0;

    [InlineArray(ExpressionLimits.LocalCountMax)]
    internal struct LocalBuffer
    {
        private ExpressionValue _first;
    }
}
