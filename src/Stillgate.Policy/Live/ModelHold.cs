using System.Collections.Frozen;

namespace Stillgate.Policy.Live;

/// <summary>An order of the operator's to serve a model to nobody but those on a list, until it is released or its time is over.</summary>
public sealed record ModelHold
{
    /// <summary>Its id, as decisions cite it.</summary>
    public required string Id { get; init; }

    /// <summary>The model, by name or, ending in <c>*</c>, by the beginning of one.</summary>
    public required string Model { get; init; }

    /// <summary>Accounts and organisations that are spared, an organisation with everybody who is of it.</summary>
    public FrozenSet<string> Except { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Why, in words that may be shown.</summary>
    public required string Reason { get; init; }

    /// <summary>From when on.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The first moment after it; null until it is released.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Whether the hold bars a request. A model's name is compared without regard to case: spelling must not be a way around.</summary>
    public bool Bars(string model, string account, string? organization, DateTimeOffset at) =>
        (Until is null || at < Until) && IsOfModel(model) && !Except.Contains(account) && !(organization is not null && Except.Contains(organization));

    private bool IsOfModel(string model) => Model.EndsWith('*')
        ? model.AsSpan().StartsWith(Model.AsSpan(0, Model.Length - 1), StringComparison.OrdinalIgnoreCase)
        : string.Equals(Model, model, StringComparison.OrdinalIgnoreCase);
}
