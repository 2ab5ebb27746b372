// Drives the .NET packages through a gateway, an independent mock behind it: Stillgate.Compat GATEWAY_URL KEY.
// Prints one line a check and in the end "N passed, N failed, N skipped"; exit 1 where one failed.
using Stillgate.Compat;

var (gateway, key) = (new Uri(args[0]), args[1]);
var checks = new Checks();
await OpenAiChecks.RunAsync(checks, gateway, key);
await ExtensionsAiChecks.RunAsync(checks, gateway, key);
await SemanticKernelChecks.RunAsync(checks, gateway, key);
await AnthropicChecks.RunAsync(checks, gateway, key);
Console.WriteLine($"{checks.Passed} passed, {checks.Failed} failed, 0 skipped");
return checks.Failed > 0 ? 1 : 0;
