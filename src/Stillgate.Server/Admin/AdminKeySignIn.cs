using System.Net;
using Stillgate.Storage;
using Stillgate.Storage.Admin;
using Stillgate.WebConsole.SignIn;

namespace Stillgate.Server.Admin;

/// <summary>Signs readers of the console in with admin keys; every role may read. It has a connection to the store of its own.</summary>
internal sealed class AdminKeySignIn(StoreFolder folder, TimeProvider time) : IConsoleSignIn, IDisposable
{
    private readonly StillgateDatabase _database = StillgateDatabase.Open(folder);
    private readonly GuessBrake _brake = new(time);

    /// <summary>Whether anybody could sign in now.</summary>
    public bool HasValidKey => Keys.HasValid();

    private AdminKeyStore Keys => new(_database, folder, time);

    /// <inheritdoc/>
    public SignInAnswer Try(string key, IPAddress? from)
    {
        if (_brake.WaitOf(from) is { Ticks: > 0 } wait)
        {
            return new SignInAnswer(null, null, wait);
        }

        if (Keys.Find(key) is { } found && AdminRights.Has(found.Role, AdminRight.Read))
        {
            _brake.Succeeded(from);
            return new SignInAnswer(found.Id, found.Name, TimeSpan.Zero);
        }

        _brake.Failed(from);
        return new SignInAnswer(null, null, _brake.WaitOf(from));
    }

    /// <inheritdoc/>
    public bool IsValid(string keyId) => Keys.FindById(keyId) is not null;

    public void Dispose() => _database.Dispose();
}
