namespace Stillgate.Policy.Expressions;

/// <summary>A map of the language: keys are bool, int, uint or string; numbers that are equal are the same key whatever their type. Keeps the order of writing.</summary>
internal sealed class ValueMap
{
    private readonly Dictionary<ExpressionValue, ExpressionValue> _values;
    private readonly List<KeyValuePair<ExpressionValue, ExpressionValue>> _entries;

    public ValueMap(int capacity)
    {
        _values = new Dictionary<ExpressionValue, ExpressionValue>(capacity, KeyComparer.Instance);
        _entries = new List<KeyValuePair<ExpressionValue, ExpressionValue>>(capacity);
    }

    public IReadOnlyList<KeyValuePair<ExpressionValue, ExpressionValue>> Entries => _entries;

    public int Count => _entries.Count;

    public static bool IsKey(ValueKind kind) => kind is ValueKind.Bool or ValueKind.Int or ValueKind.UInt or ValueKind.String;

    /// <returns>False where the key is there already.</returns>
    public bool TryAdd(ExpressionValue key, ExpressionValue value)
    {
        if (!_values.TryAdd(key, value))
        {
            return false;
        }

        _entries.Add(new(key, value));
        return true;
    }

    public bool TryGet(ExpressionValue key, out ExpressionValue value) => _values.TryGetValue(key, out value);

    private sealed class KeyComparer : IEqualityComparer<ExpressionValue>
    {
        public static KeyComparer Instance { get; } = new();

        public bool Equals(ExpressionValue x, ExpressionValue y) => Equality.Equal(x, y);

        public int GetHashCode(ExpressionValue value) => value.Kind switch
        {
            ValueKind.String => string.GetHashCode(value.AsText, StringComparison.Ordinal),
            ValueKind.Double => HashOf(value.AsDouble),
            ValueKind.Bool or ValueKind.Int or ValueKind.UInt => value.Bits.GetHashCode(),
            _ => (int)value.Kind,
        };

        // A double that is a whole number must fall where the equal int or uint falls.
        private static int HashOf(double value)
        {
            if (value is >= -9.2e18 and <= 9.2e18 && Math.Floor(value) == value)
            {
                return ((long)value).GetHashCode();
            }

            return value is > 0 and < 1.8446744073709552e19 && Math.Floor(value) == value
                ? unchecked((long)(ulong)value).GetHashCode()
                : value.GetHashCode();
        }
    }
}
