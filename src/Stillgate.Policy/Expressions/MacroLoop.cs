namespace Stillgate.Policy.Expressions;

/// <summary>One compiled macro. Every element visited costs a step (<see cref="ExpressionLimits.StepCountMax"/>), nested ones too.</summary>
internal sealed class MacroLoop(MacroKind kind, Evaluator range, int first, int second, Evaluator? filter, Evaluator? transform)
{
    public ExpressionValue Evaluate(ref Frame frame)
    {
        var over = range(ref frame);
        if (!over.IsValue)
        {
            return over;
        }

        if (over.Kind is not (ValueKind.List or ValueKind.Map))
        {
            return Operations.NoOverload;
        }

        return kind switch
        {
            MacroKind.All or MacroKind.Exists => Quantify(over, ref frame, deciding: kind == MacroKind.Exists),
            MacroKind.ExistsOne => ExistsOne(over, ref frame),
            MacroKind.TransformMap => TransformMap(over, ref frame),
            _ => Select(over, ref frame),
        };
    }

    private static int CountOf(in ExpressionValue over) => over.Kind == ValueKind.List ? over.AsList.Length : over.AsMap.Count;

    /// <summary>Puts element <paramref name="at"/> into the macro's variables.</summary>
    /// <returns>False where the steps are used up.</returns>
    private bool TryBind(in ExpressionValue over, int at, ref Frame frame)
    {
        if (over.Kind == ValueKind.List)
        {
            frame.Locals[first] = second < 0 ? over.AsList[at] : ExpressionValue.Of((long)at);
            if (second >= 0)
            {
                frame.Locals[second] = over.AsList[at];
            }
        }
        else
        {
            var (key, value) = over.AsMap.Entries[at];
            frame.Locals[first] = key;
            if (second >= 0)
            {
                frame.Locals[second] = value;
            }
        }

        return frame.TrySpend(1);
    }

    private ExpressionValue Quantify(in ExpressionValue over, ref Frame frame, bool deciding)
    {
        var result = ExpressionValue.Of(!deciding);
        for (var at = 0; at < CountOf(over); at++)
        {
            if (!TryBind(over, at, ref frame))
            {
                return Operations.TooCostly;
            }

            var value = filter!(ref frame);
            if (value.Kind != ValueKind.Bool)
            {
                result = Operations.Absorb(result, value.IsValue ? Operations.NoOverload : value);
            }
            else if (value.IsTrue == deciding)
            {
                return value;
            }
        }

        return result;
    }

    private ExpressionValue ExistsOne(in ExpressionValue over, ref Frame frame)
    {
        var count = 0;
        var failure = ExpressionValue.Null;
        for (var at = 0; at < CountOf(over); at++)
        {
            if (!TryBind(over, at, ref frame))
            {
                return Operations.TooCostly;
            }

            var value = filter!(ref frame);
            count += value.IsTrue ? 1 : 0;
            failure = value.Kind == ValueKind.Bool ? failure : Operations.Absorb(failure, value.IsValue ? Operations.NoOverload : value);
        }

        return failure.Kind == ValueKind.Null ? ExpressionValue.Of(count == 1) : failure;
    }

    /// <summary>Whether the filter lets the bound element through; anything but a truth value is the macro's own result.</summary>
    private ExpressionValue Passes(ref Frame frame)
    {
        var value = filter is null ? ExpressionValue.True : filter(ref frame);
        return value.Kind == ValueKind.Bool || !value.IsValue ? value : Operations.NoOverload;
    }

    private ExpressionValue Select(in ExpressionValue over, ref Frame frame)
    {
        var selected = new List<ExpressionValue>();
        var failure = ExpressionValue.Null;
        for (var at = 0; at < CountOf(over); at++)
        {
            if (!TryBind(over, at, ref frame))
            {
                return Operations.TooCostly;
            }

            var element = frame.Locals[first];
            var passes = Passes(ref frame);
            var value = passes.IsTrue ? (transform is null ? element : transform(ref frame)) : passes;
            if (!value.IsValue)
            {
                failure = Operations.Absorb(failure, value);
            }
            else if (passes.IsTrue)
            {
                selected.Add(value);
            }
        }

        return failure.Kind == ValueKind.Null ? ExpressionValue.List([.. selected]) : failure;
    }

    private ExpressionValue TransformMap(in ExpressionValue over, ref Frame frame)
    {
        var built = new ValueMap(CountOf(over));
        var failure = ExpressionValue.Null;
        for (var at = 0; at < CountOf(over); at++)
        {
            if (!TryBind(over, at, ref frame))
            {
                return Operations.TooCostly;
            }

            var key = frame.Locals[first];
            var passes = Passes(ref frame);
            var value = passes.IsTrue ? transform!(ref frame) : passes;
            if (!value.IsValue)
            {
                failure = Operations.Absorb(failure, value);
            }
            else if (passes.IsTrue)
            {
                built.TryAdd(key, value);
            }
        }

        return failure.Kind == ValueKind.Null ? ExpressionValue.Map(built) : failure;
    }
}
