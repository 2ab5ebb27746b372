using System.Security.Cryptography;
using System.Text;
using Stillgate.Policy.Expressions;

namespace Stillgate.Policy.Rules;

/// <summary>Reads, checks and compiles policy files, runs their own cases, and says everything that is wrong with them at once.</summary>
public static class PolicyCompiler
{
    /// <summary>Compiles.</summary>
    /// <param name="files">Names and contents, in the order in which ties between rules are decided.</param>
    /// <param name="problems">Everything wrong or doubtful, by file and line.</param>
    /// <returns>The policy, or null where a problem is more than a warning.</returns>
    public static PolicySnapshot? TryCompile(IReadOnlyList<(string Path, string Text)> files, out IReadOnlyList<PolicyProblem> problems)
    {
        var found = new List<PolicyProblem>();
        var read = files.Select(file => PolicyFileReader.Read(file.Path, file.Text, found)).OfType<PolicyFile>().ToArray();
        var snapshot = read.Length == files.Count && read.Length > 0 ? Compile(read, VersionOf(files), found) : null;
        if (snapshot is not null)
        {
            PolicyChecks.Run(snapshot, found);
        }

        problems = [.. found.OrderBy(problem => problem.File, StringComparer.Ordinal).ThenBy(problem => problem.Line)];
        return found.Exists(problem => !problem.IsWarning) ? null : snapshot;
    }

    private static PolicySnapshot? Compile(PolicyFile[] files, string version, List<PolicyProblem> problems)
    {
        var rules = files.SelectMany(file => file.Rules).ToArray();
        foreach (var twin in rules.GroupBy(rule => rule.Id).SelectMany(group => group.Skip(1)))
        {
            problems.Add(new PolicyProblem(twin.File, twin.Line, "rules." + twin.Id, "another rule has this id"));
        }

        if (rules.Length > PolicySnapshot.RuleCountMax)
        {
            problems.Add(new PolicyProblem(files[0].Path, 0, "rules", $"a policy has at most {PolicySnapshot.RuleCountMax} rules"));
        }

        if (SchemaOf(files, problems) is not { } schema)
        {
            return null;
        }

        // Conditions are compiled whatever else is wrong: whoever mends a file is told of all of it, not of the next layer each time.
        var compiled = rules.Select(rule => CompileRule(rule, rules, schema, problems)).ToArray();
        return Array.Exists(compiled, rule => rule is null) || problems.Exists(problem => !problem.IsWarning) ? null : new PolicySnapshot(version, schema, files, compiled!);
    }

    private static FactSchema? SchemaOf(PolicyFile[] files, List<PolicyProblem> problems)
    {
        foreach (var twin in files.SelectMany(file => file.OwnershipTests.Select(test => (file, test.Id))).GroupBy(test => test.Id).SelectMany(group => group.Skip(1)))
        {
            problems.Add(new PolicyProblem(twin.file.Path, 0, "ownership_tests." + twin.Id, "another ownership test has this name"));
            return null;
        }

        var facts = StandardFacts.All
            .Concat(files.SelectMany(file => file.OwnershipTests).Select(test => ("ownership." + test.Id, ExpressionType.Bool)))
            .Concat(files.SelectMany(file => file.Lists).Distinct().Select(list => (StandardFacts.ListFact(list), ExpressionType.Bool)))
            .ToArray();
        try
        {
            return new FactSchema(facts);
        }
        catch (ArgumentException failure)
        {
            problems.Add(new PolicyProblem(files[0].Path, 0, "facts", failure.Message));
            return null;
        }
    }

    private static CompiledRule? CompileRule(RuleDefinition rule, RuleDefinition[] rules, FactSchema schema, List<PolicyProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(rule.When))
        {
            // That it is missing was said when the file was read.
            return null;
        }

        var condition = CompiledExpression.TryCompile(rule.When, schema, out var mistakes);
        foreach (var mistake in mistakes)
        {
            problems.Add(new PolicyProblem(rule.File, rule.WhenLine, $"rules.{rule.Id}.when", $"column {mistake.Column}: {mistake.Message}"));
        }

        if (condition is not null && condition.Type.ToString() is not ("bool" or "dyn"))
        {
            problems.Add(new PolicyProblem(rule.File, rule.WhenLine, $"rules.{rule.Id}.when", $"is of type {condition.Type}; expected bool"));
            return null;
        }

        var exempts = SetOf(rule, "exempts", rule.Exempts, rules, problems);
        var collides = SetOf(rule, "collides_with", rule.CollidesWith, rules, problems);
        var ofRequest = ((1UL << StandardFacts.RequestCount) - 1) | StandardFacts.Places;
        return condition is null ? null : new CompiledRule(rule, condition, (condition.FactsRead & ofRequest) == 0, exempts, collides);
    }

    private static UInt128 SetOf(RuleDefinition rule, string field, IReadOnlyList<string> ids, RuleDefinition[] rules, List<PolicyProblem> problems)
    {
        UInt128 set = 0;
        foreach (var id in ids)
        {
            var index = Array.FindIndex(rules, other => other.Id == id);
            set |= index >= 0 ? UInt128.One << index : 0;
            if (index < 0)
            {
                problems.Add(new PolicyProblem(rule.File, rule.Line, $"rules.{rule.Id}.{field}", $"there is no rule '{id}'"));
            }
        }

        return set;
    }

    private static string VersionOf(IReadOnlyList<(string Path, string Text)> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (_, text) in files)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            hash.AppendData(BitConverter.GetBytes(bytes.LongLength));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
