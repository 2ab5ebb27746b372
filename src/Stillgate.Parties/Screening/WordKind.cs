namespace Stillgate.Parties.Screening;

/// <summary>What a word of a name does there; the kind decides what its absence or change means.</summary>
internal enum WordKind
{
    /// <summary>A word that is in no lexicon, or a person's name: it carries the identity.</summary>
    Name,

    /// <summary>A single letter of a person's name.</summary>
    Initial,

    /// <summary>A figure or an ordinal, in digits, Roman figures or words. Two numbers never nearly agree.</summary>
    Number,

    /// <summary>A country, region, direction or city.</summary>
    Place,

    /// <summary>What an organisation does: trading, shipping, bank.</summary>
    Activity,

    /// <summary>An activity after which groups name their subsidiaries: trading, shipping, leasing.</summary>
    Arm,

    /// <summary>What sort of body it is: company, group, international.</summary>
    Descriptor,

    /// <summary>A part of a larger body: branch, division.</summary>
    Body,

    /// <summary>A word that says nothing: the, of.</summary>
    Stop,

    /// <summary>A particle of a person's name: al, bin, de, van.</summary>
    Particle,

    /// <summary>A title or form of address.</summary>
    Title,

    /// <summary>Jr, Sr, II, III after a person's name.</summary>
    Suffix,
}
