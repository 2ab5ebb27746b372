namespace Stillgate.Gateway.Limits;

/// <summary>How reading a request's body went.</summary>
internal enum BodyOutcome
{
    Whole,
    TooLarge,
    NoRoom,
}
