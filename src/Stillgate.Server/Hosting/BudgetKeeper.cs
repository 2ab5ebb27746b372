using Stillgate.Gateway;

namespace Stillgate.Server.Hosting;

/// <summary>
/// Keeps what was used of budgets over a restart: takes it up at the start, and writes it behind the live path (<see cref="PacedKeeper"/>). A stop writes last, after everything has been settled.
/// </summary>
internal sealed class BudgetKeeper : PacedKeeper
{
    private readonly string _file;
    private readonly GatewayConfigSource _configs;
    private readonly ILogger _logger;
    private bool _isFailing;

    /// <summary>Takes up what the file says and begins to keep it.</summary>
    public BudgetKeeper(string file, GatewayConfigSource configs, TimeProvider time, ILogger logger)
        : base(time)
    {
        (_file, _configs, _logger) = (file, configs, logger);
        Restore();
        Begin();
    }

    protected override bool Write()
    {
        if (!_configs.TakeBudgetsChanged() && !_isFailing)
        {
            return false;
        }

        try
        {
            BudgetFile.Write(_file, _configs.BudgetStandings);
            _isFailing = false;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Serving goes on, as it does where the log cannot be written; the next turn tries again.
            if (!_isFailing)
            {
                ServerLog.BudgetsNotKept(_logger, failure.Message);
            }

            _isFailing = true;
        }

        return !_isFailing;
    }

    private void Restore()
    {
        try
        {
            var standings = BudgetFile.Read(_file);
            _configs.RestoreBudgets(standings);
            if (standings.Count > 0)
            {
                ServerLog.BudgetsTakenUp(_logger, standings.Count);
            }
        }
        catch (Exception unusable) when (unusable is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            // Refusing to serve would let one bad sector stop everybody; what is lost is one window's use, and the operator is told.
            ServerLog.BudgetsUnusable(_logger, unusable.Message);
            SetAside();
        }
    }

    private void SetAside()
    {
        try
        {
            File.Move(_file, _file + ".damaged", overwrite: true);
        }
        catch (Exception stays) when (stays is IOException or UnauthorizedAccessException)
        {
            // The next write takes its place, or says itself that it cannot.
            ServerLog.BudgetsNotKept(_logger, stays.Message);
        }
    }
}
