using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace Stillgate.Compat;

/// <summary>Semantic Kernel over the OpenAI package.</summary>
internal static class SemanticKernelChecks
{
    public static async Task RunAsync(Checks checks, Uri gateway, string key)
    {
        var chat = new OpenAIChatCompletionService("gpt-4o", OpenAiChecks.Client(gateway, key));
        await checks.RunAsync("Semantic Kernel: chat", async () => Checks.Same(Expected.Greeting, (await chat.GetChatMessageContentAsync("hello")).Content));
        await checks.RunAsync("Semantic Kernel: chat, streamed", async () =>
        {
            var text = "";
            await foreach (var part in chat.GetStreamingChatMessageContentsAsync("hello"))
            {
                text += part.Content;
            }

            Checks.Same(Expected.Greeting, text);
        });
        await checks.RunAsync("Semantic Kernel: a tool call", async () =>
        {
            var kernel = new Kernel();
            kernel.Plugins.AddFromFunctions("w", [KernelFunctionFactory.CreateFromMethod((string location) => location, "get_weather")]);

            // The mock calls the tool by its bare name, and nothing is to be called here: what came is looked at.
            var settings = new OpenAIPromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };
            var answer = await chat.GetChatMessageContentAsync("the weather", settings, kernel);
            var call = FunctionCallContent.GetFunctionCalls(answer).Single();
            Checks.Same("get_weather", call.FunctionName);
            Checks.Same(Expected.Place, call.Arguments!["location"]!.ToString());
        });
        await checks.RunAsync("Semantic Kernel: an unknown key is an error with its status", async () =>
        {
            var stranger = new OpenAIChatCompletionService("gpt-4o", OpenAiChecks.Client(gateway, "nobody"));
            var refused = await Checks.ThrowsAsync<HttpOperationException>(() => stranger.GetChatMessageContentAsync("hello"));
            Checks.Same(System.Net.HttpStatusCode.Unauthorized, refused.StatusCode!.Value);
        });
    }
}
