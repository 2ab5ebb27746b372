namespace Stillgate.Detection.Sketching;

/// <summary>
/// The script that most letters of a request are written in. Watched, so that errors which fall on one script's users are seen; it feeds
/// no score. Languages of one script are not told apart.
/// </summary>
public enum Script
{
    /// <summary>No letters, or a sketch made before scripts were noted.</summary>
    Unknown,

    /// <summary>Latin.</summary>
    Latin,

    /// <summary>Cyrillic, Greek, Armenian, Georgian.</summary>
    Cyrillic,

    /// <summary>Han and kana.</summary>
    Han,

    /// <summary>Hangul.</summary>
    Hangul,

    /// <summary>Arabic and Hebrew.</summary>
    Arabic,

    /// <summary>Scripts of India and South-East Asia.</summary>
    Indic,

    /// <summary>Any other.</summary>
    Other,
}
