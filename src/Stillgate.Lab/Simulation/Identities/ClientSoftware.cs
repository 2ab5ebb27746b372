using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Lab.Simulation.Identities;

/// <summary>Client programs: a JA4-shaped fingerprint, a User-Agent and the dialects that they speak.</summary>
internal sealed record ClientSoftware(string Tls, string UserAgent, string Dialect)
{
    private static readonly ClientSoftware[] Kits =
    [
        new("t13d1713h1_5b57614c22b0_eca864cca44a", "OpenAI/Python 2.8.1", Dialects.OpenAiChat),
        new("t13d1713h1_5b57614c22b0_eca864cca44a", "OpenAI/Python 2.3.0", Dialects.OpenAiChat),
        new("t13d1516h2_8daaf6152771_b186095e22b6", "openai-node/6.1.0", Dialects.OpenAiChat),
        new("t13d1713h1_5b57614c22b0_f3a17ce66b10", "Anthropic/Python 0.71.0", Dialects.AnthropicMessages),
        new("t13d1516h2_8daaf6152771_c28a1b0a5e51", "Anthropic/JS 0.68.0", Dialects.AnthropicMessages),
        new("t13d1312h2_f57a46bbacb6_ab7e3b40a677", "Go-http-client/2.0", Dialects.OpenAiChat),
        new("t13d4907h2_0d8feac7bc37_7395dae3b2f3", "Java-http-client/21.0.4", Dialects.OpenAiChat),
        new("t13d3112h1_e8f1e7e78f70_375ca2c5e164", "python-requests/2.32.4", Dialects.OpenAiChat),
        new("t13d1812h1_85036bcba153_b26ce05bbdd6", "python-httpx/0.28.1", Dialects.AnthropicMessages),
        new("t13d3012h2_1d37bd780c83_882d495ac381", "curl/8.9.1", Dialects.OpenAiChat),
    ];

    private static readonly ClientSoftware[] Browsers =
    [
        new("t13d1516h2_8daaf6152771_02713d6af862", "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/141.0", Dialects.OpenAiChat),
        new("t13d1715h2_5b57614c22b0_7121afd63204", "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Firefox/142.0", Dialects.OpenAiChat),
        new("t13d2014h2_a09f3c656075_14788d8d241b", "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_6) Safari/605.1", Dialects.OpenAiChat),
        new("t13d1516h2_8daaf6152771_02713d6af862", "Mozilla/5.0 (Linux; Android 15) Chrome/141.0 Mobile", Dialects.AnthropicMessages),
    ];

    public static ClientSoftware Kit(Chance chance) => Kits[chance.ZipfRank(Kits.Length)];

    public static ClientSoftware ForPerson(Chance chance) => chance.Hit(0.75) ? chance.Pick(Browsers) : Kit(chance);

    public ClientEvidence At(string address) => new() { Ip = address, Tls = Tls, UserAgent = UserAgent };
}
