using System.Globalization;
using Stillgate.Policy.Expressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stillgate.Policy.Rules;

public static partial class PolicyFileReader
{
    /// <summary>The outcomes, as files write them.</summary>
    public static IReadOnlyDictionary<string, Outcome> OutcomeWords { get; } = new Dictionary<string, Outcome>
    {
        ["allow"] = Outcome.Allow,
        ["observe"] = Outcome.Observe,
        ["restrict"] = Outcome.Restrict,
        ["step-up"] = Outcome.StepUp,
        ["hold"] = Outcome.Hold,
        ["deny"] = Outcome.Deny,
    };

    private static readonly Dictionary<string, LegalStatus> StatusWords = new()
    {
        ["in-force"] = LegalStatus.InForce,
        ["proposed"] = LegalStatus.Proposed,
        ["draft"] = LegalStatus.Draft,
        ["stayed"] = LegalStatus.Stayed,
        ["unconfirmed"] = LegalStatus.Unconfirmed,
        ["expired"] = LegalStatus.Expired,
    };

    private static readonly Dictionary<string, FailMode> FailWords = new() { ["closed"] = FailMode.Closed, ["open"] = FailMode.Open };

    private static readonly Dictionary<string, bool> YesNo = new() { ["true"] = true, ["false"] = false };

    private static RuleDefinition ReadRule(string path, YamlFields fields)
    {
        var basis = fields.Mappings("legal_basis").FirstOrDefault();
        var citation = basis?.Required("citation", "the text on which the rule rests") ?? string.Empty;
        var status = basis is null ? LegalStatus.Draft : basis.Choice("status", StatusWords, LegalStatus.Draft);
        var url = basis?.Text("url", string.Empty);
        basis?.NoOthers();
        if (basis is null)
        {
            fields.Wrong("legal_basis", "is missing; expected citation and status");
        }

        var outcome = fields.Choice("outcome", OutcomeWords, Outcome.Observe);
        var rule = new RuleDefinition
        {
            Id = fields.Required("id", "a name that is unique in the policy"),
            File = path,
            Line = fields.Line,
            LegalBasis = new LegalBasis(citation, status, string.IsNullOrEmpty(url) ? null : url),
            Periods = ReadPeriods(fields, status),
            Scope = ReadScope(fields),
            When = fields.Required("when", "a condition"),
            WhenLine = fields.LineOf("when"),
            Outcome = outcome,
            Undetermined = fields.Choice("undetermined", OutcomeWords, outcome),
            Fail = fields.Choice("fail", FailWords, FailMode.Closed),
            Reason = fields.Required("reason", "the reason in words"),
            Obligations = fields.Texts("obligations"),
            Exempts = fields.Texts("exempts"),
            CollidesWith = fields.Texts("collides_with"),
            CollisionNote = fields.Text("collision_note", string.Empty),
        };
        CheckRule(rule, fields);
        fields.NoOthers();
        return rule;
    }

    private static void CheckRule(RuleDefinition rule, YamlFields fields)
    {
        if (rule.Outcome == Outcome.Restrict && rule.Obligations.Count == 0)
        {
            fields.Wrong("obligations", "is missing; expected the obligations of 'restrict'");
        }

        if (rule.Outcome == Outcome.Allow != (rule.Exempts.Count > 0))
        {
            fields.Wrong("exempts", rule.Outcome == Outcome.Allow
                ? "is missing; expected the rules from which 'allow' excepts"
                : "expected only beside the outcome 'allow'");
        }

        if (rule.CollidesWith.Count > 0 && string.IsNullOrWhiteSpace(rule.CollisionNote))
        {
            fields.Wrong("collision_note", "is missing; expected the basis on which the collision is decided");
        }
    }

    private static EffectivePeriod[] ReadPeriods(YamlFields fields, LegalStatus status)
    {
        var periods = new List<EffectivePeriod>();
        foreach (var period in fields.Mappings("effective"))
        {
            var from = period.Time("from");
            var to = period.Time("to");
            if (from is null && !period.Has("from"))
            {
                period.Wrong("from", "is missing; expected the first day");
            }

            if (from is not null && to is not null && to <= from)
            {
                period.Wrong("to", "ends before it begins; 'to' is the first day after the period");
            }

            periods.Add(new EffectivePeriod(from ?? DateTimeOffset.MinValue, to, period.Choice("status", StatusWords, status, isRequired: false)));
            period.NoOthers();
        }

        if (periods.Count == 0)
        {
            fields.Wrong("effective", "is missing; expected from, and to where it ends");
        }

        var ordered = periods.OrderBy(period => period.From).ToArray();
        if (ordered.Zip(ordered.Skip(1)).Any(pair => pair.First.To is null || pair.First.To > pair.Second.From))
        {
            fields.Wrong("effective", "its periods overlap");
        }

        return ordered;
    }

    private static RuleScope ReadScope(YamlFields fields)
    {
        if (fields.Mappings("scope").FirstOrDefault() is not { } scope)
        {
            return new RuleScope();
        }

        var read = new RuleScope
        {
            Models = scope.Texts("models"),
            Tiers = scope.Texts("tiers"),
            Channels = scope.Texts("channels"),
            Capabilities = scope.Texts("capabilities"),
        };
        scope.NoOthers();
        return read with { Models = read.Models.Contains("*") ? [] : read.Models };
    }

    private static PolicyTestCase ReadTest(string path, YamlFields fields)
    {
        var expect = fields.Mappings("expect").FirstOrDefault();
        if (expect is null)
        {
            fields.Wrong("expect", "is missing; expected outcome");
        }

        var at = fields.Time("at");
        if (at is null && !fields.Has("at"))
        {
            fields.Wrong("at", "is missing; expected the day of the request");
        }

        var channel = fields.Text("channel", string.Empty);
        var tier = fields.Text("tier", string.Empty);
        var test = new PolicyTestCase
        {
            Name = fields.Required("name", "what the case shows"),
            File = path,
            Line = fields.Line,
            Request = new DecisionRequest(
                fields.Text("model", "any-model"), at ?? default, channel.Length > 0 ? channel : null, tier.Length > 0 ? tier : null)
            {
                Capabilities = fields.Texts("capabilities"),
            },
            Facts = fields.Entries("facts").GroupBy(fact => fact.Key).ToDictionary(fact => fact.Key, fact => Value(fact.First().Value), StringComparer.Ordinal),
            Expected = expect?.Choice("outcome", OutcomeWords, Outcome.Allow) ?? Outcome.Allow,
            ExpectedRule = expect?.Text("rule", string.Empty) is { Length: > 0 } rule ? rule : null,
            ExpectedCollision = expect?.Has("collision") == true ? expect.Choice("collision", YesNo, fallback: false) : null,
        };
        expect?.NoOthers();
        fields.NoOthers();
        return test;
    }

    // A quoted scalar is text; a plain one is what it looks like.
    private static ExpressionValue Value(YamlNode node) => node switch
    {
        YamlSequenceNode list => ExpressionValue.List([.. list.Children.Select(Value)]),
        YamlMappingNode map => MapOf(map),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar => Plain(scalar.Value ?? string.Empty),
        YamlScalarNode scalar => ExpressionValue.Of(scalar.Value ?? string.Empty),
        _ => ExpressionValue.Null,
    };

    private static ExpressionValue MapOf(YamlMappingNode node)
    {
        var map = new ValueMap(node.Children.Count);
        foreach (var (key, value) in node.Children)
        {
            map.TryAdd(Value(key), Value(value));
        }

        return ExpressionValue.Map(map);
    }

    private static ExpressionValue Plain(string text) =>
        text is "true" or "false" ? ExpressionValue.Of(text == "true")
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? ExpressionValue.Of(whole)
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? ExpressionValue.Of(number)
        : DateTimeOffset.TryParseExact(
            text, ["yyyy-MM-dd", "yyyy-MM-dd'T'HH:mm:ssK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? ExpressionValue.Of(time)
            : ExpressionValue.Of(text);
}
