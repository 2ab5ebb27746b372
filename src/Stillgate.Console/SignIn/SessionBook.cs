using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Stillgate.WebConsole.SignIn;

/// <summary>
/// Who is signed in, in memory: a restart signs everybody out. It holds the hash of what the browser holds, and no more than
/// <see cref="SessionsMax"/>; past that the one that was used longest ago ends.
/// </summary>
internal sealed class SessionBook(IConsoleSignIn signIn, TimeProvider time)
{
    public const int SessionsMax = 1024;
    public static readonly TimeSpan IdleMax = TimeSpan.FromHours(1);
    public static readonly TimeSpan AgeMax = TimeSpan.FromHours(12);
    private readonly Lock _gate = new();
    private readonly Dictionary<string, ConsoleSession> _sessions = new(StringComparer.Ordinal);

    /// <summary>Begins a session; returns what the browser keeps.</summary>
    public string Begin(string keyId, string name)
    {
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        lock (_gate)
        {
            var now = time.GetUtcNow();
            foreach (var over in _sessions.Where(one => IsOver(one.Value, now)).Select(one => one.Key).ToArray())
            {
                _sessions.Remove(over);
            }

            if (_sessions.Count >= SessionsMax)
            {
                _sessions.Remove(_sessions.MinBy(one => one.Value.LastUsed).Key);
            }

            _sessions[HashOf(token)] = new ConsoleSession(keyId, name, now, now);
        }

        return token;
    }

    /// <summary>The session of a token; null where there is none, it is over, or its key is not valid any more.</summary>
    /// <param name="token">What the browser sent.</param>
    /// <param name="isByHand">Whether somebody opened a page, rather than the page itself asking for an update.</param>
    public ConsoleSession? Find(string? token, bool isByHand)
    {
        if (string.IsNullOrEmpty(token))
        {
            return null;
        }

        var hash = HashOf(token);
        lock (_gate)
        {
            if (!_sessions.TryGetValue(hash, out var session))
            {
                return null;
            }

            var now = time.GetUtcNow();
            if (IsOver(session, now) || !signIn.IsValid(session.KeyId))
            {
                _sessions.Remove(hash);
                return null;
            }

            return _sessions[hash] = isByHand ? session with { LastUsed = now } : session;
        }
    }

    public void End(string? token)
    {
        if (!string.IsNullOrEmpty(token))
        {
            lock (_gate)
            {
                _sessions.Remove(HashOf(token));
            }
        }
    }

    private static bool IsOver(ConsoleSession session, DateTimeOffset now) => now - session.Began >= AgeMax || now - session.LastUsed >= IdleMax;

    private static string HashOf(string token) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
