namespace Stillgate.Parties.Screening;

/// <summary>Why two words were taken to agree as far as they do.</summary>
internal enum SimilarityReason
{
    Different,
    Same,
    SameSound,
    Variant,
    ShortForm,
    Translation,
    RelatedWord,
    Abbreviation,
    Initial,
    Consonants,
    GenderForm,
    Spelling,
    KnownDifferent,
    GenderFlip,
    Acronym,
}
