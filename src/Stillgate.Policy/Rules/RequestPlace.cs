using Stillgate.Parties.Places;
using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>
/// Where a request came from, in the words of rules. This is the only way from a place to a decision: no detector, score or link takes one.
/// Immutable; one object stands for every address of which the places file says the same.
/// </summary>
public sealed class RequestPlace
{
    private static readonly ExpressionValue Same = ExpressionValue.Of("same");
    private static readonly ExpressionValue Differs = ExpressionValue.Of("differs");
    private readonly ExpressionValue[] _facts;
    private readonly PlaceAnswer _answer;
    private readonly bool _knowsClasses;

    /// <summary>Puts an answer of a places file into the words of rules; what it leaves open is undetermined.</summary>
    /// <param name="answer">What the file says.</param>
    /// <param name="knowsClasses">Whether any list of a network class was loaded.</param>
    /// <param name="source">The file, by its sources and their versions, and when it was made.</param>
    public RequestPlace(PlaceAnswer answer, bool knowsClasses, FactSource source)
    {
        (_answer, _knowsClasses, Source) = (answer, knowsClasses, source);
        var words = PlaceFacts.Of(answer, declared: null, knowsClasses);
        _facts =
        [
            Text(words.Country, 0),
            ExpressionValue.Of(words.Agreement),
            Text(words.Network, 2),
            ExpressionValue.Of((long)words.SpeakingCount),
            ExpressionValue.Of((long)words.SupportingCount),
            Unknown(5),
        ];
    }

    /// <summary>The places file, as decisions name it.</summary>
    public FactSource Source { get; }

    /// <summary>How the sources agree on the country.</summary>
    public PlaceAgreement Agreement => _answer.Agreement;

    /// <summary>Writes the facts over those of the account; allocates nothing.</summary>
    internal void Fill(Span<ExpressionValue> row)
    {
        var declared = row[StandardFacts.DeclaredCountry];
        var place = row.Slice(StandardFacts.FirstPlace, StandardFacts.PlaceCount);
        _facts.CopyTo(place);
        place[^1] = PlaceFacts.Of(_answer, declared.Kind == ValueKind.String ? declared.AsText : null, _knowsClasses).Declared switch
        {
            DeclaredPlace.Same => Same,
            DeclaredPlace.Differs => Differs,
            _ => place[^1],
        };
    }

    private static ExpressionValue Text(string? word, int offset) => word is null ? Unknown(offset) : ExpressionValue.Of(word);

    private static ExpressionValue Unknown(int offset) => CompiledExpression.Unknown(StandardFacts.FirstPlace + offset);
}
