namespace Stillgate.Detection.Accounts;

/// <summary>Whom an account is compared with.</summary>
internal enum PeerClass
{
    /// <summary>Mostly requests that stand alone: applications, batches, evaluations.</summary>
    SingleTurn,

    /// <summary>Conversations.</summary>
    Conversational,

    /// <summary>Tool use: developers' agents.</summary>
    Agent,
}
