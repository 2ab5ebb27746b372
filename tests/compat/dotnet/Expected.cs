namespace Stillgate.Compat;

/// <summary>What the mock answers, as tests/compat/fixtures.json has it.</summary>
internal static class Expected
{
    public const string Greeting = "Hello! How can I help you today?";
    public const int OutputTokens = 9;
    public const string Place = "San Francisco";
    public const string Thinking = "First this, then that.";
    public const string Signature = "c2lnbmF0dXJl";
    public const string WeatherSchema = """{"type":"object","properties":{"location":{"type":"string"}}}""";
}
