using System.Text.Json;

namespace Stillgate.Protocol.ExchangeLog;

/// <summary>An exchange while its line is being read: checks at the end that what the format needs was there.</summary>
internal struct ExchangeDraft
{
    private Dictionary<string, JsonElement>? _unknown;

    public int? Version;
    public string? Id;
    public DateTimeOffset? At;
    public string? Account;
    public string? Organization;
    public string? Credential;
    public string? EndCustomer;
    public ClientEvidence? Client;
    public string? Dialect;
    public string? Model;
    public ExchangeRequest? Request;
    public ExchangeResponse? Response;
    public ExchangeSketch? Sketch;
    public int? Status;
    public int? DurationMs;
    public string? End;
    public string? EndReason;
    public List<string>? Changes;
    public ExchangeDecision? Decision;
    public bool? Truncated;

    public void Keep(string name, JsonElement value) => (_unknown ??= new(StringComparer.Ordinal))[name] = value;

    public readonly ExchangeRecord Finish()
    {
        if (Version != 1)
        {
            throw new LineFormatException("v", Version is null ? "missing; expected 1" : "expected 1, the only version this build reads");
        }

        return new ExchangeRecord
        {
            Id = Id ?? throw Missing("id"),
            At = At ?? throw Missing("at"),
            Account = Account ?? throw Missing("account"),
            Organization = Organization,
            Credential = Credential,
            EndCustomer = EndCustomer,
            Client = Client,
            Dialect = Dialect ?? throw Missing("dialect"),
            Model = Model ?? throw Missing("model"),
            Request = Request ?? ExchangeRequest.Empty,
            Response = Response,
            Sketch = Sketch,
            Status = Status ?? throw Missing("status"),
            DurationMs = DurationMs,
            End = End,
            EndReason = EndReason,
            Changes = Changes,
            Decision = Decision,
            Truncated = Truncated,
            Unknown = _unknown,
        };
    }

    private static LineFormatException Missing(string field) => new(field, "missing; the format needs it");
}
