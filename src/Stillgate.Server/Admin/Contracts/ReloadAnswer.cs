namespace Stillgate.Server.Admin.Contracts;

/// <summary>That the settings were read again and are in force.</summary>
/// <param name="Applied">Always true: settings that are wrong are a problem instead.</param>
internal sealed record ReloadAnswer(bool Applied);
