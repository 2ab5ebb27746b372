namespace Stillgate.Protocol.Errors;

/// <summary>Whose error body a client expects.</summary>
public enum ErrorShape
{
    /// <summary><c>{"error":{"message","type","param","code"}}</c></summary>
    OpenAi,

    /// <summary><c>{"type":"error","error":{"type","message"}}</c></summary>
    Anthropic,

    /// <summary><c>{"error":{"code","message","status"}}</c></summary>
    Gemini,
}
