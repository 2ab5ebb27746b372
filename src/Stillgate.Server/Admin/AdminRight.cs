namespace Stillgate.Server.Admin;

/// <summary>What an endpoint of the admin API needs its caller to have.</summary>
internal enum AdminRight
{
    /// <summary>To read what holds no facts about customers.</summary>
    Read,

    /// <summary>To create and revoke clients' keys.</summary>
    Keys,

    /// <summary>To place and release holds.</summary>
    Holds,

    /// <summary>To read the settings again.</summary>
    Reload,

    /// <summary>To read what is stated about customers and why one is decided on as it is.</summary>
    ReadCustomers,

    /// <summary>To take statements and registrations in.</summary>
    Customers,

    /// <summary>To activate, roll back, enforce and observe.</summary>
    Policy,

    /// <summary>To see, create and revoke admin keys.</summary>
    AdminKeys,
}
