namespace Stillgate.Gateway.Controls;

/// <summary>Why a reference is not taken.</summary>
internal enum ReferenceFault
{
    None,

    /// <summary>It says that it is one of ours and is not, or was changed.</summary>
    Forged,
    Expired,
    OtherAccount,
    OtherSession,
    OtherPrefix,

    /// <summary>A signature or opaque reasoning that is no reference at all.</summary>
    Foreign,
}
