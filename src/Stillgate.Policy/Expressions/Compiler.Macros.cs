namespace Stillgate.Policy.Expressions;

internal sealed partial class Compiler
{
    private Evaluator CompileMacro(Node.Comprehension macro)
    {
        var range = Compile(macro.Range);
        var outer = new Dictionary<string, int>(_locals, StringComparer.Ordinal);
        var first = Declare(macro, macro.First);
        var second = macro.Second is null ? -1 : Declare(macro, macro.Second);
        var filter = macro.Filter is null ? null : Compile(macro.Filter);
        var transform = macro.Transform is null ? null : Compile(macro.Transform);
        _locals.Clear();
        foreach (var (name, slot) in outer)
        {
            _locals[name] = slot;
        }

        var loop = new MacroLoop(macro.Kind, range, first, second, filter, transform);
        return loop.Evaluate;
    }

    private int Declare(Node macro, string name)
    {
        var slot = _locals.Values.DefaultIfEmpty(-1).Max() + 1;
        if (slot >= ExpressionLimits.LocalCountMax)
        {
            throw new ExpressionException(macro.Offset, $"macros hold more than {ExpressionLimits.LocalCountMax} variables at once");
        }

        _locals[name] = slot;
        return slot;
    }
}
