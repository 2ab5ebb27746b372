namespace Stillgate.Detection.Sketching;

/// <summary>Where in a request a hash was taken, so that equal words in different places give different hashes.</summary>
internal enum AnchorKind
{
    Content = 1,
    Conversation,
    System,
    SystemPrefix,
    SystemShingle,
    Prefix,
    Suffix,
    Shingle,
    Identifier,
}
