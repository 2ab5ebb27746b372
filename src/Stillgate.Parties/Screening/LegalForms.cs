namespace Stillgate.Parties.Screening;

/// <summary>The classes of legal form that a name may show; forms of one class are each other's counterparts in other jurisdictions.</summary>
[Flags]
internal enum LegalForms
{
    None = 0,
    Generic = 1,
    Private = 2,
    Public = 4,
    Partner = 8,
    Cooperative = 16,
    Foundation = 32,
    Association = 64,
    State = 128,
    Sole = 256,
}
