namespace Stillgate.Gateway.Recorder;

/// <summary>How an exchange ended: which side and which step. The words of the record's <c>end</c>.</summary>
internal enum ExchangeEnd
{
    /// <summary>Still under way.</summary>
    None,
    Complete,
    Refused,
    ClientLeft,
    ProviderError,
    ProviderDown,
    ProviderCut,
    TimedOut,
    Drained,
    Fault,
}
