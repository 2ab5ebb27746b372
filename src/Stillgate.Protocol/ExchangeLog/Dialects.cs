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

    /// <summary>OpenAI legacy completions.</summary>
    public const string OpenAiCompletions = "openai.completions";

    /// <summary>OpenAI's list of models. Asks no model anything: its records have no request and no response.</summary>
    public const string OpenAiModels = "openai.models";

    /// <summary>Anthropic's list of models.</summary>
    public const string AnthropicModels = "anthropic.models";

    /// <summary>Anthropic's counting of tokens: a conversation goes in, a number comes out.</summary>
    public const string AnthropicCountTokens = "anthropic.count_tokens";

    /// <summary>Gemini's list of models.</summary>
    public const string GeminiModels = "gemini.models";

    /// <summary>Gemini's counting of tokens.</summary>
    public const string GeminiCountTokens = "gemini.count_tokens";

    /// <summary>The dialects in which a model answers. The others are beside them: an analysis passes over records that are not of these.</summary>
    public static IReadOnlyList<string> Answering { get; } =
        [OpenAiChat, OpenAiResponses, OpenAiEmbeddings, OpenAiCompletions, AnthropicMessages, GeminiGenerate];

    /// <summary>Every dialect of exchange log version 1.</summary>
    public static IReadOnlyList<string> All { get; } = [OpenAiChat, OpenAiResponses, OpenAiEmbeddings, AnthropicMessages, GeminiGenerate];
}
