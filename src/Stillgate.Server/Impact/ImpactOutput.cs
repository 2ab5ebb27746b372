using System.CommandLine;
using Stillgate.Policy.Live;
using Stillgate.Server.Commands;
using Stillgate.Server.Decisions;

namespace Stillgate.Server.Impact;

/// <summary>The options that 'policy diff' and 'policy backtest' share, and what they do.</summary>
internal sealed class ImpactOutput
{
    private readonly Option<string[]> _customers = new("--registrations") { Description = "What is known of customers: registrations or statements; may be given again", HelpName = "FILE", AllowMultipleArgumentsPerToken = true };
    private readonly Option<string?> _store = new("--store") { Description = "A store, for what it knows of customers, and for 'active' as a policy", HelpName = "DIR" };
    private readonly Option<string?> _html = new("--html") { Description = "Write a page that needs nothing else and names no account", HelpName = "FILE" };
    private readonly Option<string?> _csv = new("--csv") { Description = "Write a row for every account that is decided otherwise", HelpName = "FILE" };
    private readonly Option<bool> _asIfInForce = new("--as-if-in-force") { Description = "Take proposed, draft, stayed and unconfirmed rules as in force within their dates; otherwise they only observe" };
    private readonly Option<bool> _json = new("--json") { Description = "Print JSON, with every account" };

    public IEnumerable<Option> Options => [_customers, _store, _asIfInForce, _html, _csv, _json];

    public Parties.Registry.PartyBook Customers(ParseResult parsed) => CustomerSource.Read(parsed.GetValue(_store), parsed.GetValue(_customers) ?? []);

    /// <summary>A policy as an argument names it: a path, <c>active</c> for the one in force in the store, or <c>none</c>.</summary>
    public DecisionBook Book(ParseResult parsed, string policy, Parties.Registry.PartyBook customers)
    {
        if (policy == "none")
        {
            return DecisionBook.Empty;
        }

        var compiled = policy != "active" ? PolicySource.Load(policy) : OpenStore.With(
            parsed.GetValue(_store) ?? throw new OperatorException("'active' is the policy in force in a store: say which with --store"),
            (database, folder) => new DecisionLoader(database, folder, TimeProvider.System).ActivePolicy() ?? throw new OperatorException("no policy is in force in this store"));
        return DecisionBook.Build(IsAsIfInForce(parsed) ? compiled.AsIfInForce() : compiled, customers, [], DateTimeOffset.MaxValue, CancellationToken.None);
    }

    public bool IsAsIfInForce(ParseResult parsed) => parsed.GetValue(_asIfInForce);

    public int Print(ParseResult parsed, ImpactQuestion question)
    {
        Write(parsed.GetValue(_html), () => ImpactPage.Render(question, TimeProvider.System.GetUtcNow()));
        Write(parsed.GetValue(_csv), () => ImpactText.Csv(question.Report));
        Console.Out.WriteLine(parsed.GetValue(_json) ? ImpactText.Json(question) : ImpactText.Text(question));
        return ExitCode.Ok;
    }

    private static void Write(string? path, Func<string> text)
    {
        if (path is null)
        {
            return;
        }

        try
        {
            File.WriteAllText(path, text());
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"cannot write {path}: {failure.Message}");
        }
    }
}
