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

    /// <summary>
    /// Splits an assistant message into what it says and the calls that it makes. A call stands as a call only where its result follows: the APIs refuse one that dangles. So
    /// of a message with two results after it the last two calls are calls, and one before them stays text.
    /// </summary>
    /// <param name="messages">The conversation.</param>
    /// <param name="at">The message's place in it.</param>
    /// <returns>The text and the calls, in the message's order; no calls where the message is not the model's or no result follows.</returns>
    public static (string Text, IReadOnlyList<ReplayCall> Calls) SplitCalls(IReadOnlyList<ChatMessage> messages, int at)
    {
        const string mark = "[tool_call] ";
        var (text, calls) = (messages[at].Content, new List<ReplayCall>());
        for (var result = at + 1; messages[at].Role == "assistant" && result < messages.Count && messages[result].Role == "tool"; result++)
        {
            var start = text.LastIndexOf(mark, StringComparison.Ordinal);
            if (start < 0)
            {
                break;
            }

            var call = text[(start + mark.Length)..];
            var space = call.IndexOf(' ', StringComparison.Ordinal);
            calls.Insert(0, space < 0 ? new ReplayCall(call, "") : new ReplayCall(call[..space], call[(space + 1)..]));
            text = text[..start].TrimEnd();
        }

        return (text, calls);
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
