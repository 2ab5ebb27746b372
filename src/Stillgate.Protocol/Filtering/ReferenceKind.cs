namespace Stillgate.Protocol.Filtering;

/// <summary>What a reference stands for, so that it is put back where it was taken from.</summary>
public enum ReferenceKind
{
    /// <summary>One opaque string: a signature, or encrypted reasoning.</summary>
    Text = 1,

    /// <summary>A whole block or item of reasoning, as raw JSON.</summary>
    Block = 2,
}
