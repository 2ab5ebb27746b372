namespace Stillgate.Protocol.Filtering;

/// <summary>Makes the references that a client gets in the place of what a provider wants back unchanged.</summary>
public interface IReferenceSealer
{
    /// <summary>Seals one thing for the exchange at hand.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="original">The provider's bytes: the text of a string, or raw JSON.</param>
    /// <returns>The reference: base64, so that it may stand wherever an opaque string may.</returns>
    /// <exception cref="AnswerFilterException">It is longer than a reference may carry.</exception>
    string Seal(ReferenceKind kind, ReadOnlySpan<byte> original);
}
