using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Stillgate.Gateway.Budgets;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Server.Hosting;

/// <summary>
/// What was used of budgets, in a file of two lines: JSON, and the SHA-256 of the JSON in hexadecimal (docs/formats/budgets.md). It is replaced as a whole, so that it is never half written,
/// and readable by its owner alone, since it names accounts.
/// </summary>
internal static class BudgetFile
{
    private const int Version = 1;

    /// <summary>Writes the file.</summary>
    /// <exception cref="IOException">It cannot be written; what stood there before is unchanged.</exception>
    public static void Write(string file, IEnumerable<BudgetStanding> standings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("version", Version);
            json.WriteStartArray("used");
            foreach (var standing in standings)
            {
                json.WriteStartArray();
                json.WriteStringValue(standing.Scope.ToString());
                json.WriteNumberValue((long)standing.Window.TotalSeconds);
                json.WriteNumberValue(standing.Index);
                json.WriteStringValue(standing.Owner);
                json.WriteNumberValue(standing.Requests);
                json.WriteNumberValue(standing.InputTokens);
                json.WriteNumberValue(standing.OutputTokens);
                json.WriteNumberValue(standing.ReasoningTokens);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        var part = file + ".part";
        using (var stream = new FileStream(part, PrivateFile.Options(FileMode.Create)))
        {
            stream.Write(buffer.WrittenSpan);
            stream.Write(Encoding.ASCII.GetBytes("\n" + Convert.ToHexStringLower(SHA256.HashData(buffer.WrittenSpan)) + "\n"));
            stream.Flush(flushToDisk: true);
        }

        File.Move(part, file, overwrite: true);
    }

    /// <summary>Reads the file.</summary>
    /// <returns>What was used; nothing where there is no file.</returns>
    /// <exception cref="InvalidDataException">The file is damaged, or of a version that this build does not know.</exception>
    public static IReadOnlyList<BudgetStanding> Read(string file)
    {
        if (!File.Exists(file))
        {
            return [];
        }

        ReadOnlyMemory<byte> bytes = File.ReadAllBytes(file);
        var end = bytes.Span.IndexOf((byte)'\n');
        if (end < 0 || !bytes.Span[(end + 1)..].TrimEnd((byte)'\n').SequenceEqual(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(SHA256.HashData(bytes.Span[..end])))))
        {
            throw new InvalidDataException("its second line is not the SHA-256 of its first");
        }

        try
        {
            using var json = JsonDocument.Parse(bytes[..end]);
            var version = json.RootElement.GetProperty("version").GetInt32();
            return version == Version
                ? [.. json.RootElement.GetProperty("used").EnumerateArray().Select(Of)]
                : throw new InvalidDataException($"it is of version {version}, and this build reads {Version}");
        }
        catch (Exception wrong) when (wrong is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new InvalidDataException("its first line is not what the format says: " + wrong.Message, wrong);
        }
    }

    private static BudgetStanding Of(JsonElement row) => new(
        Enum.Parse<BudgetScope>(row[0].GetString()!),
        TimeSpan.FromSeconds(row[1].GetInt64()),
        row[2].GetInt64(),
        row[3].GetString()!,
        row[4].GetInt64(),
        row[5].GetInt64(),
        row[6].GetInt64(),
        row[7].GetInt64());
}
