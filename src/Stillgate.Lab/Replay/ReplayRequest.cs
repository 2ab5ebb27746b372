using System.Net.Http.Headers;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Replay;

/// <summary>Makes the HTTP request that an exchange records, in the exchange's own dialect.</summary>
internal static class ReplayRequest
{
    private const string ToolResult = "[tool_result] ";

    /// <summary>Whether a request can be made: the dialect is one of chat and the log kept the content.</summary>
    public static bool CanMake(ExchangeRecord record) =>
        record.Dialect is Dialects.OpenAiChat or Dialects.AnthropicMessages && record.Request.Messages is { Count: > 0 };

    public static HttpRequestMessage Make(ExchangeRecord record, string key, ReplayOptions options)
    {
        var isAnthropic = record.Dialect == Dialects.AnthropicMessages;
        var body = isAnthropic ? AnthropicReplayBody.Write(record) : OpenAiReplayBody.Write(record);
        var request = new HttpRequestMessage(HttpMethod.Post, new Uri(options.Target, isAnthropic ? "/v1/messages" : "/v1/chat/completions"))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        AddCredential(request, key, isAnthropic);
        if (record.Client?.UserAgent is { } agent)
        {
            request.Headers.TryAddWithoutValidation("User-Agent", agent);
        }

        if (options.SendsAddress && record.Client?.Ip is { } address)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-For", address);
        }

        return request;
    }

    /// <summary>Splits an assistant message into what it says and the call that it makes, where it makes one.</summary>
    public static (string Text, string? Tool, string Arguments) SplitCall(string content)
    {
        const string mark = "[tool_call] ";
        var at = content.LastIndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return (content, null, "");
        }

        var call = content[(at + mark.Length)..];
        var space = call.IndexOf(' ', StringComparison.Ordinal);
        return (content[..at].TrimEnd(), space < 0 ? call : call[..space], space < 0 ? "" : call[(space + 1)..]);
    }

    /// <summary>What a tool message says, without the log's mark.</summary>
    public static string ResultText(string content) => content.StartsWith(ToolResult, StringComparison.Ordinal) ? content[ToolResult.Length..] : content;

    private static void AddCredential(HttpRequestMessage request, string key, bool isAnthropic)
    {
        if (isAnthropic)
        {
            request.Headers.TryAddWithoutValidation("x-api-key", key);
            request.Headers.TryAddWithoutValidation("anthropic-version", "2023-06-01");
        }
        else
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        }
    }
}
