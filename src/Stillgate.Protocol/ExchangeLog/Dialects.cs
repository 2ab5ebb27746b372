namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Names of the LLM APIs as they stand in the exchange log and in the configuration.</summary>
public static class Dialects
{
    /// <summary>OpenAI chat completions.</summary>
    public const string OpenAiChat = "openai.chat";

    /// <summary>OpenAI responses.</summary>
    public const string OpenAiResponses = "openai.responses";

    /// <summary>OpenAI embeddings.</summary>
    public const string OpenAiEmbeddings = "openai.embeddings";

    /// <summary>Anthropic messages.</summary>
    public const string AnthropicMessages = "anthropic.messages";

    /// <summary>Gemini generateContent and streamGenerateContent.</summary>
    public const string GeminiGenerate = "gemini.generate";

    /// <summary>Every dialect of exchange log version 1.</summary>
    public static IReadOnlyList<string> All { get; } = [OpenAiChat, OpenAiResponses, OpenAiEmbeddings, AnthropicMessages, GeminiGenerate];
}
