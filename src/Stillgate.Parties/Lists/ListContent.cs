namespace Stillgate.Parties.Lists;

/// <summary>What a format's reader collects.</summary>
internal sealed class ListContent(string file)
{
    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <summary>The file being read, without folders.</summary>
    public string File { get; set; } = file;

    public List<ListEntry> Entries { get; } = [];

    public List<ListProblem> Problems { get; } = [];

    /// <summary>Adds a party under an identifier that is unique in the list.</summary>
    public void Add(ListEntry entry)
    {
        var id = entry.Id;
        for (var copy = 2; !_ids.Add(id); copy++)
        {
            id = $"{entry.Id}~{copy}";
        }

        Entries.Add(id == entry.Id ? entry : entry with { Id = id });
    }

    public void Skip(long line, string field, string expected) => Problems.Add(new ListProblem(File, line, field, expected));
}
