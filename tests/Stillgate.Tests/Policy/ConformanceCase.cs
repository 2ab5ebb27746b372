using System.Globalization;
using System.Text.Json;
using Stillgate.Policy.Expressions;

namespace Stillgate.Tests.Policy;

/// <summary>One case of the CEL specification's conformance suite, in its JSON form.</summary>
internal sealed class ConformanceCase(JsonElement element)
{
    public string Name { get; } = $"{element.GetProperty("file").GetString()}/{element.GetProperty("section").GetString()}/{element.GetProperty("name").GetString()}";

    public string Expression { get; } = element.GetProperty("expr").GetString()!;

    public string? DeclaredType => element.TryGetProperty("type", out var type) ? type.GetString() : null;

    public bool IsChecked => !element.TryGetProperty("disableCheck", out var isDisabled) || !isDisabled.GetBoolean();

    public CompiledExpression Compile()
    {
        var schema = Schema();
        if (!IsChecked)
        {
            return CompiledExpression.CompileUnchecked(Expression, schema);
        }

        return CompiledExpression.TryCompile(Expression, schema, out var problems)
            ?? throw new InvalidOperationException("does not compile: " + string.Join("; ", problems.Select(p => $"{p.Column}: {p.Message}")));
    }

    /// <summary>Null where the result is as the suite wants it, otherwise what came instead.</summary>
    public string? Run()
    {
        var schema = Schema();
        ExpressionValue result;
        try
        {
            var facts = new ExpressionValue[schema.Count];
            for (var slot = 0; slot < facts.Length; slot++)
            {
                facts[slot] = Binding(schema.Facts[slot].Name, slot);
            }

            result = Compile().Evaluate(facts);
        }
        catch (Exception failure) when (failure is InvalidOperationException or ExpressionException)
        {
            return failure.Message;
        }

        if (element.TryGetProperty("evalError", out _))
        {
            return result.Kind == ValueKind.Error ? null : $"wanted an error, got {result}";
        }

        var wanted = Value(element.GetProperty("value"));
        return Same(wanted, result) ? null : $"wanted {wanted}, got {result}";
    }

    private static bool Same(ExpressionValue wanted, ExpressionValue result) =>
        wanted.Kind == result.Kind
        && (Equality.Equal(wanted, result)
            || (wanted.Kind == ValueKind.Double && double.IsNaN(wanted.AsDouble) && double.IsNaN(result.AsDouble)));

    private FactSchema Schema()
    {
        var container = element.TryGetProperty("container", out var given) ? given.GetString()! : string.Empty;
        var facts = element.TryGetProperty("typeEnv", out var environment)
            ? environment.EnumerateArray().Select(fact => (fact.GetProperty("name").GetString()!, TypeOf(fact.GetProperty("ident").GetProperty("type"))))
            : [];
        var declared = facts.ToList();
        if (element.TryGetProperty("bindings", out var bindings))
        {
            declared.AddRange(bindings.EnumerateObject()
                .Where(binding => declared.TrueForAll(fact => fact.Item1 != binding.Name))
                .Select(binding => (binding.Name, ExpressionType.Dyn)));
        }

        return new FactSchema(declared, container);
    }

    private ExpressionValue Binding(string name, int slot) =>
        element.TryGetProperty("bindings", out var bindings) && bindings.TryGetProperty(name, out var binding)
            ? Value(binding.GetProperty("value"))
            : CompiledExpression.Unknown(slot);

    private static ExpressionType TypeOf(JsonElement type)
    {
        var member = type.EnumerateObject().First();
        return member.Name switch
        {
            "null" => ExpressionType.Null,
            "listType" => ExpressionType.List(TypeOf(member.Value.GetProperty("elemType"))),
            "mapType" => ExpressionType.Map(TypeOf(member.Value.GetProperty("keyType")), TypeOf(member.Value.GetProperty("valueType"))),
            "primitive" => member.Value.GetString() switch
            {
                "INT64" => ExpressionType.Int,
                "UINT64" => ExpressionType.UInt,
                "DOUBLE" => ExpressionType.Double,
                "STRING" => ExpressionType.String,
                "BYTES" => ExpressionType.Bytes,
                "BOOL" => ExpressionType.Bool,
                var other => throw new InvalidOperationException($"no primitive {other}"),
            },
            var other => throw new InvalidOperationException($"no type {other}"),
        };
    }

    private static ExpressionValue Value(JsonElement value)
    {
        var member = value.EnumerateObject().First();
        var content = member.Value;
        return member.Name switch
        {
            "nullValue" => ExpressionValue.Null,
            "boolValue" => ExpressionValue.Of(content.GetBoolean()),
            "int64Value" => ExpressionValue.Of(long.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "uint64Value" => ExpressionValue.Of(ulong.Parse(content.GetString()!, CultureInfo.InvariantCulture)),
            "doubleValue" => ExpressionValue.Of(content.ValueKind == JsonValueKind.Number
                ? content.GetDouble()
                : content.GetString() switch { "Infinity" => double.PositiveInfinity, "-Infinity" => double.NegativeInfinity, _ => double.NaN }),
            "stringValue" => ExpressionValue.Of(content.GetString()!),
            "bytesValue" => ExpressionValue.Bytes(content.GetBytesFromBase64()),
            "typeValue" => ExpressionValue.TypeNamed(content.GetString()!),
            "listValue" => ExpressionValue.List(content.TryGetProperty("values", out var items) ? [.. items.EnumerateArray().Select(Value)] : []),
            "mapValue" => Map(content),
            var other => throw new InvalidOperationException($"no value {other}"),
        };
    }

    private static ExpressionValue Map(JsonElement content)
    {
        var map = new ValueMap(0);
        if (content.TryGetProperty("entries", out var entries))
        {
            foreach (var entry in entries.EnumerateArray())
            {
                map.TryAdd(Value(entry.GetProperty("key")), Value(entry.GetProperty("value")));
            }
        }

        return ExpressionValue.Map(map);
    }
}
