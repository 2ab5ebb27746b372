namespace Stillgate.Protocol.Responses;

/// <summary>What an OpenAI dialect calls the counts of its usage object.</summary>
internal sealed record UsageNames(byte[] Input, byte[] Output, byte[] OutputDetails)
{
    public static UsageNames Chat { get; } = new("prompt_tokens"u8.ToArray(), "completion_tokens"u8.ToArray(), "completion_tokens_details"u8.ToArray());

    public static UsageNames Responses { get; } = new("input_tokens"u8.ToArray(), "output_tokens"u8.ToArray(), "output_tokens_details"u8.ToArray());
}
