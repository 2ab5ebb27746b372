using System.CommandLine;

namespace Stillgate.Server.Commands;

/// <summary><c>stillgate parties</c>: who is who. One line a subcommand.</summary>
internal static class PartiesCommand
{
    public static Command Create()
    {
        var command = new Command("parties", "Who is who: screening against lists, ownership, registrations.");
        command.Subcommands.Add(PartiesCompareCommand.Create());
        command.Subcommands.Add(PartiesScreenCommand.Create());
        command.Subcommands.Add(PartiesOwnershipCommand.Create());
        command.Subcommands.Add(PartiesListsCommand.Create());
        command.Subcommands.Add(PartiesImportCommand.Create());
        command.Subcommands.Add(PartiesRescreenCommand.Create());
        command.Subcommands.Add(PartiesBenchCommand.Create());
        command.Subcommands.Add(PartiesBenchOwnershipCommand.Create());
        command.Subcommands.Add(PartiesCalibrateCommand.Create());
        command.Subcommands.Add(PartiesFiguresCommand.Create());
        return command;
    }
}
