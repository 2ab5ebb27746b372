namespace Stillgate.Storage.Admin;

/// <summary>What an admin key may do; <c>docs/operations/admin.md</c> lists it right by right. Each word is what the store and the API write, in lower case.</summary>
public enum AdminRole
{
    /// <summary>Reads what holds no facts about customers, and the console.</summary>
    Viewer,

    /// <summary>Besides: clients' keys, holds, reload.</summary>
    Operator,

    /// <summary>What a viewer may, and customers' facts, decisions, policies and holds.</summary>
    Compliance,

    /// <summary>Everything, admin keys included.</summary>
    Owner,
}
