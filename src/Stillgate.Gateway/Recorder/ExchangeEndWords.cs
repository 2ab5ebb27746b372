namespace Stillgate.Gateway.Recorder;

/// <summary>The words of <c>docs/formats/exchange-log.md</c> for the ends of an exchange.</summary>
internal static class ExchangeEndWords
{
    public static string Of(ExchangeEnd end) => end switch
    {
        ExchangeEnd.Complete => "complete",
        ExchangeEnd.Refused => "refused",
        ExchangeEnd.ClientLeft => "client-left",
        ExchangeEnd.ProviderError => "provider-error",
        ExchangeEnd.ProviderDown => "provider-down",
        ExchangeEnd.ProviderCut => "provider-cut",
        ExchangeEnd.TimedOut => "timed-out",
        ExchangeEnd.Drained => "drained",
        ExchangeEnd.Fault => "fault",
        _ => throw new InvalidOperationException("A record is closed only after the exchange has ended."),
    };
}
