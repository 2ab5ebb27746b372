using System.Globalization;
using Stillgate.Detection.Accounts;
using Stillgate.Detection.Sketching;

namespace Stillgate.Lab.Cueing;

/// <summary>What a cue model finds in prompts and in the texts of composed logs.</summary>
public sealed class CueTest
{
    private readonly CueModel _model;

    private CueTest(CueModel model) => _model = model;

    /// <summary>The shipped model.</summary>
    public static CueTest Shipped => new(CueModel.Shipped);

    /// <summary>A model from a file.</summary>
    /// <param name="file">Path of a <c>cue-model.bin</c>.</param>
    /// <returns>A test of it.</returns>
    /// <exception cref="InvalidDataException">It is not one, or damaged.</exception>
    public static CueTest Of(string file)
    {
        using var stream = File.OpenRead(file);
        return new CueTest(CueModel.Read(stream, file));
    }

    /// <summary>By family and by file: prompts that give a cue, and of those with a family the ones that give theirs.</summary>
    /// <param name="folder">Folder of <c>.txt</c> files.</param>
    /// <param name="numbers">Remainder by two of the numbers to take, or null for all.</param>
    /// <returns>Lines.</returns>
    public IEnumerable<string> Prompts(string folder, int? numbers)
    {
        var found = CuePrompt.ReadAll(folder).Where(prompt => numbers is null || prompt.Number % 2 == numbers).Select(prompt => (Prompt: prompt, Cue: _model.Find(prompt.Text))).ToList();
        foreach (var group in found.GroupBy(pair => pair.Prompt.Family == Cues.None ? CuePrompt.Innocent : pair.Prompt.Family.ToString())
            .Concat(found.Where(pair => pair.Prompt.Family != Cues.None).GroupBy(pair => pair.Prompt.File)))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{group.Key,-16} {group.Count(pair => pair.Cue != Cues.None),5} of {group.Count(),5} give a cue, {group.Count(pair => pair.Cue == pair.Prompt.Family && pair.Cue != Cues.None),5} their own, {group.Count(pair => GroupOf(pair.Cue) == GroupOf(pair.Prompt.Family) && pair.Cue != Cues.None),5} their kind's");
        }
    }

    /// <summary>By kind of account of a composed log: texts that give a cue, and accounts that have it as a habit.</summary>
    /// <param name="folder">Folder of <c>lab simulate</c>.</param>
    /// <returns>Lines.</returns>
    public IEnumerable<string> Log(string folder)
    {
        var texts = OrdinaryTexts.Read(folder).Select(text => (Text: text, Cue: _model.Find(text.Text) != Cues.None)).ToList();
        foreach (var kind in texts.GroupBy(pair => pair.Text.Label.RingKind ?? pair.Text.Label.Kind).OrderBy(kind => kind.Key, StringComparer.Ordinal))
        {
            var accounts = kind.GroupBy(pair => pair.Text.Account).Select(own => own.Count(pair => pair.Cue) > own.Count() * CueFit.TextShare).ToList();
            yield return string.Create(CultureInfo.InvariantCulture, $"{kind.Key,-18} {kind.Count(pair => pair.Cue),6} of {kind.Count(),6} texts, {accounts.Count(habit => habit),5} of {accounts.Count,5} accounts");
        }
    }

    private static Cues GroupOf(Cues cue) => (cue & CueGroups.Strong) != 0 ? CueGroups.Strong : (cue & CueGroups.Tasks) != 0 ? CueGroups.Tasks : cue;
}
