namespace Stillgate.Protocol.Filtering;

/// <summary>Opens what a client sends back in the place of opaque reasoning.</summary>
public interface IReferenceOpener
{
    /// <summary>Opens one.</summary>
    /// <param name="text">The opaque string as the client sent it.</param>
    /// <param name="position">The place of its message in the conversation's list.</param>
    /// <param name="kind">What it stood for.</param>
    /// <param name="original">What is to be put back.</param>
    /// <returns>False where the string is to stay as it is: it is no reference, or is not taken.</returns>
    bool TryOpen(string text, int position, out ReferenceKind kind, out byte[] original);
}
