using Stillgate.Server.Commands;

return await StillgateCommand.RunAsync(args).ConfigureAwait(false);
