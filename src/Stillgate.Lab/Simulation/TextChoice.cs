namespace Stillgate.Lab.Simulation;

/// <summary>Where the texts of a composition come from.</summary>
public enum TextChoice
{
    /// <summary>The development data where it is present, with the built-in set for the languages that it lacks; else the built-in set.</summary>
    Auto,

    /// <summary>The built-in set alone.</summary>
    BuiltIn,

    /// <summary>As <see cref="Auto"/>, but an error where the development data is absent.</summary>
    Development,
}
