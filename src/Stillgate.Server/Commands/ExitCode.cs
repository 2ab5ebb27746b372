namespace Stillgate.Server.Commands;

/// <summary>What every command's exit status means.</summary>
internal static class ExitCode
{
    /// <summary>It ran, and found nothing wrong.</summary>
    public const int Ok = 0;

    /// <summary>It ran, and found a problem.</summary>
    public const int Problem = 1;

    /// <summary>Bad usage or input; nothing was done.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by the operator, as a shell reports SIGINT.</summary>
    public const int Interrupted = 130;
}
