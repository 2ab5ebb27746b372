using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace Stillgate.Parties.Formats;

/// <summary>The XML of GLEIF's golden copy as records of the shape that its JSON has. Streams: one record is in memory at a time.</summary>
internal static class GleifXml
{
    private static readonly string[] RecordNames = ["LEIRecord", "RelationshipRecord", "Exception"];

    // Lists in this XML are elements named after their members; as JSON they are arrays under the same name.
    private static readonly string[] ListNames = ["RelationshipPeriods", "RelationshipQualifiers", "RelationshipQuantifiers", "OtherEntityNames", "OtherAddresses"];

    /// <exception cref="PartyFormatException">The text is not XML, or holds a document type, which no file of GLEIF does.</exception>
    public static IEnumerable<(JsonDocument Record, int Line)> Records(Stream stream)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = true };
        using var reader = XmlReader.Create(stream, settings);
        var isMore = Guarded(reader, () => reader.MoveToContent() == XmlNodeType.Element);
        while (isMore)
        {
            if (reader.NodeType != XmlNodeType.Element || !RecordNames.Contains(reader.LocalName))
            {
                isMore = Guarded(reader, reader.Read);
                continue;
            }

            var line = ((IXmlLineInfo)reader).LineNumber;
            XElement? element = null;
            Guarded(reader, () => (element = (XElement)XNode.ReadFrom(reader)) is not null);
            yield return (Json(element!), line);
            isMore = !reader.EOF;
        }
    }

    private static bool Guarded(XmlReader reader, Func<bool> read)
    {
        try
        {
            return read();
        }
        catch (XmlException cause)
        {
            throw new PartyFormatException($"line {((IXmlLineInfo)reader).LineNumber}: not XML of GLEIF: {cause.Message}");
        }
    }

    private static JsonDocument Json(XElement record)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            Write(json, record);
        }

        return JsonDocument.Parse(bytes.ToArray());
    }

    private static void Write(Utf8JsonWriter json, XElement element)
    {
        if (ListNames.Contains(element.Name.LocalName))
        {
            json.WriteStartArray();
            foreach (var child in element.Elements())
            {
                Write(json, child);
            }

            json.WriteEndArray();
            return;
        }

        if (!element.HasElements)
        {
            json.WriteStringValue(element.Value);
            return;
        }

        json.WriteStartObject();
        foreach (var members in element.Elements().GroupBy(child => child.Name.LocalName, StringComparer.Ordinal))
        {
            // A second element of one name adds nothing that is read; the first is what the JSON has.
            json.WritePropertyName(members.Key);
            Write(json, members.First());
        }

        json.WriteEndObject();
    }
}
