namespace Stillgate.Policy.Expressions;

/// <summary>A compiled expression, or a part of one.</summary>
internal delegate ExpressionValue Evaluator(ref Frame frame);
