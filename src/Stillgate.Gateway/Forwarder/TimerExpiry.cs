namespace Stillgate.Gateway.Forwarder;

/// <summary>Which clock of an exchange ran out.</summary>
internal enum TimerExpiry
{
    None,
    FirstByte,
    Gap,
    Total,
}
