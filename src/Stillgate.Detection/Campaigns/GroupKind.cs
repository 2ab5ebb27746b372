namespace Stillgate.Detection.Campaigns;

/// <summary>What the accounts of a group share.</summary>
internal enum GroupKind
{
    /// <summary>A system prompt.</summary>
    SystemPrompt,

    /// <summary>A passage of the prompt.</summary>
    Template,

    /// <summary>A means of payment.</summary>
    Payment,

    /// <summary>An e-mail address pattern.</summary>
    EmailPattern,

    /// <summary>An address block.</summary>
    AddressBlock,

    /// <summary>An e-mail domain. Links what is named already; founds no group.</summary>
    EmailDomain,

    /// <summary>A client's TLS fingerprint (JA4). Links what is named already, and never by itself or with address blocks alone; founds no group.</summary>
    ClientHello,
}
