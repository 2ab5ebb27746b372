using System.Globalization;
using System.Text.RegularExpressions;
using Stillgate.Parties.Ownership;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Stillgate.Policy.Rules;

/// <summary>Reads one policy file (docs/policy.md) and reports everything that is wrong with its form.</summary>
public static partial class PolicyFileReader
{
    /// <summary>UTF-16 units of one policy file.</summary>
    public const int FileLengthMax = 1 << 20;

    private static readonly Dictionary<string, UnreportedOwners> UnreportedWords = new()
    {
        ["others"] = UnreportedOwners.AreOthers,
        ["may-be-sought"] = UnreportedOwners.MayBeSought,
    };

    /// <summary>Reads a file. What is wrong is named, and the rest is read all the same, so that conditions of a file with a slip elsewhere are checked too.</summary>
    /// <param name="path">Its name, as problems will cite it.</param>
    /// <param name="text">Its content.</param>
    /// <param name="problems">Receives everything that is wrong.</param>
    /// <returns>The file, or null where it is no YAML document; only one without a problem that is more than a warning may be used.</returns>
    internal static PolicyFile? Read(string path, string text, List<PolicyProblem> problems)
    {
        if (text.Length > FileLengthMax)
        {
            problems.Add(new PolicyProblem(path, 0, "file", $"is longer than {FileLengthMax} characters"));
            return null;
        }

        var stream = new YamlStream();
        try
        {
            using var reader = new StringReader(text);
            stream.Load(reader);
        }
        catch (YamlException failure)
        {
            problems.Add(new PolicyProblem(path, (int)failure.Start.Line, "file", "is no YAML: " + failure.Message));
            return null;
        }

        if (stream.Documents.Count != 1)
        {
            problems.Add(new PolicyProblem(path, 0, "file", "expected one YAML document"));
            return null;
        }

        return ReadFile(path, new YamlFields(stream.Documents[0].RootNode, path, string.Empty, problems));
    }

    private static PolicyFile ReadFile(string path, YamlFields fields)
    {
        if (fields.Required("version", "the format's version, 1") is { Length: > 0 } and not "1")
        {
            fields.Wrong("version", "expected 1");
        }

        var file = new PolicyFile
        {
            Path = path,
            Name = fields.Required("policy", "the policy's name"),
            Title = fields.Text("title", string.Empty),
            Sources = fields.Texts("sources"),
            Limits = fields.Required("limits", "what the policy does not do, in words"),
            Lists = fields.Texts("lists"),
            OwnershipTests = [.. fields.Entries("ownership_tests").Select(entry => ReadOwnershipTest(entry.Key, fields.Of("ownership_tests." + entry.Key, entry.Value)))],
            Rules = [.. fields.Mappings("rules").Select(rule => ReadRule(path, rule))],
            Tests = [.. fields.Mappings("tests").Select(test => ReadTest(path, test))],
        };
        if (file.Sources.Count == 0)
        {
            fields.Wrong("sources", "is missing; expected at least one source");
        }

        if (file.Rules.Count == 0)
        {
            fields.Wrong("rules", "is missing; expected at least one rule");
        }

        fields.NoOthers();
        return file;
    }

    private static OwnershipTest ReadOwnershipTest(string id, YamlFields fields)
    {
        var threshold = ThresholdPattern().Match(fields.Required("threshold", "'>= 50 %' or '> 50 %'"));
        if (!threshold.Success && fields.Has("threshold"))
        {
            fields.Wrong("threshold", "expected '>= N %' or '> N %'");
        }

        if (!NamePattern().IsMatch(id))
        {
            fields.Wrong(string.Empty, "an ownership test's name has letters, digits and '_' only");
        }

        var test = new OwnershipTest
        {
            Id = id,
            Threshold = threshold.Success ? ShareRange.Parts(decimal.Parse(threshold.Groups[2].ValueSpan, CultureInfo.InvariantCulture)) : ShareRange.Whole,
            IsExclusive = threshold.Groups[1].Value == ">",
            Lists = fields.Texts("lists"),
            Headquarters = fields.Texts("headquarters"),
            CountsControl = fields.Choice("control", YesNo, fallback: false, isRequired: false),
            Unreported = fields.Choice("unreported", UnreportedWords, UnreportedOwners.AreOthers, isRequired: false),
        };
        if (test.Lists.Count == 0 && test.Headquarters.Count == 0)
        {
            fields.Wrong("lists", "expected 'lists' or 'headquarters': whom the test looks for");
        }

        fields.NoOthers();
        return test;
    }

    [GeneratedRegex(@"^\s*(>=|>)\s*(\d{1,3}(?:\.\d+)?)\s*%\s*$")]
    private static partial Regex ThresholdPattern();

    [GeneratedRegex("^[A-Za-z_][A-Za-z0-9_]*$")]
    internal static partial Regex NamePattern();
}
