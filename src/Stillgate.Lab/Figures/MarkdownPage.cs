using System.Globalization;
using System.Text;

namespace Stillgate.Lab.Figures;

/// <summary>A Markdown page in the making.</summary>
internal sealed class MarkdownPage
{
    private readonly StringBuilder _text = new();

    public void Heading(int level, string text) => Block(new string('#', level) + " " + text);

    /// <summary>A paragraph, followed by an empty line.</summary>
    public void Paragraph(FormattableString text) => Block(text.ToString(CultureInfo.InvariantCulture));

    public void Bullets(IEnumerable<string> lines) => Block(string.Join('\n', lines.Select(line => "- " + line)));

    /// <summary>A picture beside the page.</summary>
    /// <param name="file">Its file name.</param>
    /// <param name="alternative">What it shows, in words.</param>
    public void Image(string file, string alternative) => Block($"![{alternative.Replace(']', ')').Replace('[', '(')}]({file})");

    /// <summary>A table.</summary>
    /// <param name="head">Column heads.</param>
    /// <param name="rows">Cells of each row.</param>
    public void Table(IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows)
    {
        _text.Append(Row(head)).Append(Row([.. head.Select(_ => "---")]));
        foreach (var row in rows)
        {
            _text.Append(Row(row));
        }

        _text.Append('\n');
    }

    /// <summary>The page.</summary>
    public override string ToString() => _text.ToString().TrimEnd('\n') + "\n";

    private static string Row(IReadOnlyList<string> cells) => "| " + string.Join(" | ", cells) + " |\n";

    private void Block(string text) => _text.Append(text).Append("\n\n");
}
