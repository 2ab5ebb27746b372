namespace Stillgate.Policy.Expressions;

/// <summary>
/// The facts that expressions may name, with their types. A fact has a slot; a result that hangs on unknown facts names their
/// slots, so a schema holds at most 64. Names may be dotted (<c>party.us_person</c>).
/// </summary>
public sealed class FactSchema
{
    private readonly Dictionary<string, int> _slots = new(StringComparer.Ordinal);
    private readonly List<(string Name, ExpressionType Type)> _facts = [];

    /// <summary>Declares the facts in slot order.</summary>
    /// <exception cref="ArgumentException">A name is declared twice, or there are more than 64.</exception>
    public FactSchema(IEnumerable<(string Name, ExpressionType Type)> facts, string container = "")
    {
        Container = container;
        foreach (var fact in facts)
        {
            if (_facts.Count == ExpressionLimits.FactCountMax)
            {
                throw new ArgumentException($"A schema holds at most {ExpressionLimits.FactCountMax} facts.", nameof(facts));
            }

            if (!_slots.TryAdd(fact.Name, _facts.Count))
            {
                throw new ArgumentException($"The fact {fact.Name} is declared twice.", nameof(facts));
            }

            _facts.Add(fact);
        }
    }

    /// <summary>How many facts there are.</summary>
    public int Count => _facts.Count;

    /// <summary>The facts in slot order.</summary>
    public IReadOnlyList<(string Name, ExpressionType Type)> Facts => _facts;

    internal string Container { get; }

    /// <summary>The slot of a fact, or -1.</summary>
    public int SlotOf(string name) => _slots.GetValueOrDefault(name, -1);

    /// <summary>The names of a set of slots, in slot order.</summary>
    public IReadOnlyList<string> NamesOf(ulong slots) =>
        [.. _facts.Where((_, slot) => (slots & (1UL << slot)) != 0).Select(fact => fact.Name)];

    /// <summary>Looks a name up in the container first, then outside it; an absolute name only outside.</summary>
    internal int Resolve(string name, bool isAbsolute)
    {
        var container = isAbsolute ? string.Empty : Container;
        while (container.Length > 0)
        {
            if (_slots.TryGetValue(container + "." + name, out var inside))
            {
                return inside;
            }

            var dot = container.LastIndexOf('.');
            container = dot < 0 ? string.Empty : container[..dot];
        }

        return SlotOf(name);
    }

    /// <summary>The dotted name that a chain of selections spells, or null where it starts with something other than a name.</summary>
    internal static (string Name, bool IsAbsolute)? QualifiedName(Node node) => node switch
    {
        Node.Identifier name => (name.Name, name.IsAbsolute),
        Node.Select { TestsPresence: false } select when QualifiedName(select.Operand) is { } left => (left.Name + "." + select.Field, left.IsAbsolute),
        _ => null,
    };

    internal static string RootOf(string dotted) => dotted.Split('.', 2)[0];
}
