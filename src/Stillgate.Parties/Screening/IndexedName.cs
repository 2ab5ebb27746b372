using Stillgate.Parties.Lists;

namespace Stillgate.Parties.Screening;

/// <summary>One listed name, read.</summary>
internal sealed record IndexedName(ListEntry Entry, ListName Name, NameProfile Profile, ListVersion Version);
