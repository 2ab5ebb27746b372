namespace Stillgate.Protocol.Requests;

/// <summary>Top-level members of a request that the gateway reads, whatever the dialect calls them.</summary>
internal enum EnvelopeField
{
    Ignored,
    Model,
    Stream,
    Temperature,
    TopP,
    N,
    Logprobs,
    LogitBias,
    MaxOutput,
    Tools,
    Conversation,
    SystemPrompt,
    EndCustomer,
    Metadata,
    StreamOptions,
    GenerationConfig,
    Background,
    Include,
}
