namespace Stillgate.Parties.Registry;

/// <summary>Every kind of statement, with the fields of the customer identification that the 2024 proposal for cloud providers asks for.</summary>
public static class StatementForms
{
    /// <summary>An account: who is billed.</summary>
    public const string Account = "account";

    /// <summary>A party: a company, a person, a state.</summary>
    public const string Party = "party";

    /// <summary>What one party holds of another.</summary>
    public const string Holding = "holding";

    /// <summary>What a screening of a party against a list came to.</summary>
    public const string Screening = "screening";

    /// <summary>A means of payment of an account.</summary>
    public const string Payment = "payment";

    /// <summary>An address from which an account is used or administered; <c>valid_from</c> is when it was seen first.</summary>
    public const string Access = "access";

    /// <summary>How an account or a party was verified, by whom and when.</summary>
    public const string Verification = "verification";

    /// <summary>A declared and recorded purpose or status.</summary>
    public const string Attestation = "attestation";

    /// <summary>A reseller's own customer, as it is passed through.</summary>
    public const string EndCustomer = "end-customer";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<StatementForm> All { get; } =
    [
        new(Account,
        [
            Key("id"), Text("organization"), Text("name"), new("created", FieldShape.Time), Text("plan"), Text("category"), Country("country"),
            Text("address"), Text("email"), Text("phone"), Flag("reseller"), Text("sold_by"), new("monthly_quota", FieldShape.Count), new("tags", FieldShape.Pairs),
        ]),
        new(Party,
        [
            Key("id"), Text("name"), new("aliases", FieldShape.Texts), Choice("kind", "company", "person", "state", "unknown"), Country("headquarters"),
            Country("jurisdiction"), Text("address"), Text("email"), Text("phone"), Text("registration_number"), new("born", FieldShape.Time),
        ]),
        new(Holding,
        [
            Key("id"), Needed("owner"), Needed("owned"), Choice("kind", "ownership", "voting", "control", "possible-control"), Percent("share"),
            Percent("share_min"), Percent("share_max"), Flag("indirect"), Text("joint_group"), Text("on_behalf_of"),
        ]),
        new(Screening, [Key("party"), Key("list"), Needed("list_version"), Choice("result", "clear", "possible", "confirmed") with { IsRequired = true }, Text("entry"), Text("score")]),
        new(Payment, [Key("account"), Key("fingerprint"), Text("means"), Text("payer"), Text("bin"), Country("country")]),
        new(Access, [Key("account"), new("address", FieldShape.Address) { IsKey = true }, Choice("purpose", "use", "administration")]),
        new(Verification, [Key("subject"), Key("method"), Text("by"), new("on", FieldShape.Time) { IsRequired = true }, Text("reference")]),
        new(Attestation,
        [
            Key("holder"), Key("id"), Choice("kind", "research", "evaluation", "authorised-training", "us-person", "verified-organization", "reseller") with { IsRequired = true },
            Flag("value"), new("scope", FieldShape.Texts), new("quota", FieldShape.Count), Text("evidence"),
        ]),
        new(EndCustomer, [Key("reseller"), Key("id"), Text("organization"), Text("name"), Country("country"), Text("category"), new("tags", FieldShape.Pairs)]),
    ];

    /// <summary>Finds a kind by its name.</summary>
    public static StatementForm? Find(string name) => All.FirstOrDefault(form => form.Name == name);

    private static StatementField Key(string name) => new(name, FieldShape.Text) { IsKey = true };

    private static StatementField Needed(string name) => new(name, FieldShape.Text) { IsRequired = true };

    private static StatementField Text(string name) => new(name, FieldShape.Text);

    private static StatementField Country(string name) => new(name, FieldShape.Country);

    private static StatementField Flag(string name) => new(name, FieldShape.Flag);

    private static StatementField Percent(string name) => new(name, FieldShape.Percent);

    private static StatementField Choice(string name, params string[] words) => new(name, FieldShape.Choice) { Choices = words };
}
