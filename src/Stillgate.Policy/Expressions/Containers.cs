namespace Stillgate.Policy.Expressions;

/// <summary>Indexing and membership over determined values.</summary>
internal static class Containers
{
    private static readonly ExpressionValue NoSuchKey = ExpressionValue.Error("no such key");
    private static readonly ExpressionValue NoSuchIndex = ExpressionValue.Error("invalid argument: index");

    public static ExpressionValue At(in ExpressionValue container, in ExpressionValue key)
    {
        if (container.Kind == ValueKind.Map)
        {
            return container.AsMap.TryGet(key, out var found) ? found : NoSuchKey;
        }

        if (container.Kind != ValueKind.List)
        {
            return Operations.NoOverload;
        }

        long? index = key.Kind switch
        {
            ValueKind.Int => key.Bits,
            ValueKind.UInt when key.AsUInt <= int.MaxValue => key.Bits,
            ValueKind.Double when Math.Floor(key.AsDouble) == key.AsDouble && Math.Abs(key.AsDouble) <= int.MaxValue => (long)key.AsDouble,
            _ => null,
        };
        return index is { } at && at >= 0 && at < container.AsList.Length ? container.AsList[at] : NoSuchIndex;
    }

    public static ExpressionValue Contains(in ExpressionValue element, in ExpressionValue container)
    {
        if (container.Kind == ValueKind.Map)
        {
            return ExpressionValue.Of(container.AsMap.TryGet(element, out _));
        }

        if (container.Kind != ValueKind.List)
        {
            return Operations.NoOverload;
        }

        foreach (ref readonly var item in container.AsList.AsSpan())
        {
            if (Equality.Equal(item, element))
            {
                return ExpressionValue.True;
            }
        }

        return ExpressionValue.False;
    }
}
