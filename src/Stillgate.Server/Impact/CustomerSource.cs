using Stillgate.Parties.Registry;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Server.Commands;
using Stillgate.Server.Decisions;

namespace Stillgate.Server.Impact;

/// <summary>What is known of customers, as a command's arguments name it: a store, and files of registrations or of statements.</summary>
internal static class CustomerSource
{
    /// <summary>Reads everything that was stated.</summary>
    /// <param name="store">A store, or null.</param>
    /// <param name="files">Registrations as JSON Lines or CSV, or statements as CSV, JSON Lines, BODS or GLEIF.</param>
    /// <exception cref="OperatorException">A file is wrong: everything that is.</exception>
    public static PartyBook Read(string? store, IReadOnlyList<string> files)
    {
        var statements = new List<PartyStatement>();
        if (store is not null)
        {
            statements.AddRange(OpenStore.With(store, (database, _) =>
                new Storage.Registrations.RegistrationStore(database).List().SelectMany(RegistrationStatements.Of)
                    .Concat(new Storage.Registry.StatementStore(database).List()).ToArray()));
        }

        var problems = new List<LogProblem>();
        foreach (var file in files)
        {
            statements.AddRange(IsRegistrations(file)
                ? RegistrationTable.ReadFile(file, problems.Add).SelectMany(RegistrationStatements.Of)
                : StatementFile.Read(file, null, null, TimeProvider.System.GetUtcNow(), problems));
        }

        return problems.Count == 0
            ? new PartyBook(statements)
            : throw new OperatorException($"{problems.Count} mistakes in what is known of customers:\n  " + string.Join("\n  ", problems.Take(50)));
    }

    // A registration says its version and names an account, a table of them names an account; a statement names its kind.
    private static bool IsRegistrations(string file)
    {
        if (InputFile.WrongWith(file) is { } wrong)
        {
            throw new OperatorException(wrong);
        }

        using var text = new StreamReader(LogFiles.OpenRead(file));
        var first = text.ReadLine();
        if (RegistrationTable.IsCsv(file))
        {
            return first is not null && RegistrationTable.IsHeader(first);
        }

        return first is { } line && System.Text.Encoding.UTF8.GetBytes(line) is var bytes && RegistrationLine.TryParse(bytes, out _, out _, out _);
    }
}
