using System.Xml;
using System.Xml.Linq;
using Stillgate.Parties.Screening;

namespace Stillgate.Parties.Lists;

/// <summary>The UN Security Council's consolidated list, as XML.</summary>
internal static class UnFormat
{
    private static readonly string[] NameParts = ["FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME"];

    public static void Read(ListContent content, string path)
    {
        XDocument document;
        try
        {
            // No DTD and no resolver: a list is data, and may not reach out.
            using var reader = XmlReader.Create(path, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            document = XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException broken)
        {
            throw new ListFormatException($"{content.File}:{broken.LineNumber}: expected well-formed XML: {broken.Message}");
        }

        foreach (var element in document.Descendants().Where(element => element.Name.LocalName is "INDIVIDUAL" or "ENTITY"))
        {
            ReadParty(content, element);
        }
    }

    private static void ReadParty(ListContent content, XElement element)
    {
        var kind = element.Name.LocalName;
        var name = string.Join(' ', NameParts.Select(part => Text(element, part)).Where(part => part.Length > 0));
        var id = Text(element, "REFERENCE_NUMBER") is { Length: > 0 } reference ? reference : Text(element, "DATAID");
        if (name.Length == 0 || id.Length == 0)
        {
            content.Skip(((IXmlLineInfo)element).LineNumber, name.Length == 0 ? "FIRST_NAME" : "REFERENCE_NUMBER", "a value");
            return;
        }

        var names = new List<ListName> { new(name, "primary") };
        var original = Text(element, "NAME_ORIGINAL_SCRIPT");
        if (original.Length > 0)
        {
            names.Add(new ListName(original, "original script"));
        }

        foreach (var alias in element.Elements(kind + "_ALIAS"))
        {
            var text = Text(alias, "ALIAS_NAME");
            if (text.Length > 0)
            {
                names.Add(new ListName(text, Text(alias, "QUALITY") is { Length: > 0 } quality ? quality.ToLowerInvariant() : "aka"));
            }
        }

        content.Add(new ListEntry
        {
            Id = id,
            Source = "UN",
            Schema = kind == "INDIVIDUAL" ? EntitySchema.Person : EntitySchema.Organization,
            Names = names,
            Countries = Values(element, "NATIONALITY", "VALUE").Concat(Values(element, kind + "_ADDRESS", "COUNTRY")).Distinct(StringComparer.Ordinal).ToArray(),
            Dates = [.. element.Elements("INDIVIDUAL_DATE_OF_BIRTH").SelectMany(birth => new[] { Text(birth, "DATE"), Text(birth, "YEAR") }).Select(ListText.Date).OfType<string>().Distinct(StringComparer.Ordinal)],
            Programs = [Text(element, "UN_LIST_TYPE")],
        });
    }

    private static string Text(XElement element, string name) => element.Element(name)?.Value.Trim() ?? "";

    private static IEnumerable<string> Values(XElement element, string outer, string inner) =>
        element.Elements(outer).SelectMany(part => part.Elements(inner)).Select(part => part.Value.Trim()).Where(value => value.Length > 0);
}
