using System.Globalization;
using System.Security.Cryptography;
using Stillgate.Parties.Registry;
using Stillgate.Policy.Bundles;
using Stillgate.Policy.Rules;
using Stillgate.Storage;
using Stillgate.Storage.Holds;
using Stillgate.Storage.Policies;
using Stillgate.Storage.Registry;

namespace Stillgate.Tests.Policy;

/// <summary>A store that another process than the gateway writes to: policies signed by a trusted key, statements, holds.</summary>
internal sealed class PolicySeed : IDisposable
{
    private readonly StillgateDatabase _database;

    public PolicySeed(string store)
    {
        _database = StillgateDatabase.Open(StoreFolder.Open(store));
        Policies = new PolicyStore(_database, TimeProvider.System);
        Holds = new HoldStore(_database, TimeProvider.System);
        Statements = new StatementStore(_database);
        Policies.Trust(SigningKeys.FingerprintOf(Key), Key.ExportSubjectPublicKeyInfoPem(), "test", isTrusted: true);
    }

    public ECDsa Key { get; } = SigningKeys.Create();

    public StillgateDatabase Database => _database;

    public PolicyStore Policies { get; }

    public HoldStore Holds { get; }

    public StatementStore Statements { get; }

    public static string Pack(string name) => File.ReadAllText(Path.Combine(Repository.Root, "policies", name));

    public static PolicySnapshot Compile(string text) =>
        PolicyCompiler.TryCompile([("p.yaml", text)], out var problems) ?? throw new InvalidOperationException(string.Join("\n", problems));

    /// <summary>A policy of rules, each in force from 2026 on.</summary>
    public static string Rules(params (string Id, string When, string Outcome, string More)[] rules) =>
        "version: 1\npolicy: p\nsources: [test]\nlimits: test\nrules:\n" + string.Concat(rules.Select(rule => $$"""
              - id: {{rule.Id}}
                legal_basis: { citation: test, status: in-force }
                effective: { from: 2026-01-01 }
                when: "{{rule.When}}"
                outcome: {{rule.Outcome}}
                undetermined: observe
                fail: closed
                reason: Because of {{rule.Id}}.
            {{(rule.More.Length == 0 ? "" : "    " + rule.More)}}

            """));

    public static PartyStatement State(string kind, string? from, params (string Name, string Value)[] fields)
    {
        var stated = fields.ToDictionary(field => field.Name, field => (IReadOnlyList<string>)[field.Value], StringComparer.Ordinal);
        var form = StatementForms.Find(kind)!;
        return new PartyStatement
        {
            Statement = kind,
            Subject = form.SubjectOf(stated),
            Key = form.KeyOf(stated),
            Fields = stated,
            ValidFrom = from is null ? null : Day(from),
            RecordedAt = Day("2026-01-01"),
            Source = "test register",
        };
    }

    public static DateTimeOffset Day(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    public PolicyBundle Sign(string text) =>
        PolicyBundle.Sign([new BundleFile("p.yaml", text)], Compile(text).Version, "test", Key, Day("2026-01-01"));

    public string Activate(string text, params string[] enforced)
    {
        var bundle = Sign(text);
        Policies.Activate(bundle.Version, bundle.ToJson(), "activate");
        Policies.Enforce(enforced, isEnforced: true);
        return bundle.Version;
    }

    public void Dispose()
    {
        Key.Dispose();
        _database.Dispose();
    }
}
