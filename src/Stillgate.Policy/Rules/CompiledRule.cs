using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>A rule ready to decide.</summary>
/// <param name="Definition">As written.</param>
/// <param name="Condition">Its condition, of type bool.</param>
/// <param name="IsOfAccountOnly">Whether the condition reads nothing of the request, so that it can be worked out before one comes.</param>
/// <param name="Exempts">The rules that it excepts from, as a set of indexes.</param>
/// <param name="CollidesWith">The rules that it collides with, as a set of indexes.</param>
internal sealed record CompiledRule(
    RuleDefinition Definition, CompiledExpression Condition, bool IsOfAccountOnly, UInt128 Exempts, UInt128 CollidesWith);
