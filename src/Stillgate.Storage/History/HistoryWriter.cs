using System.Globalization;
using DuckDB.NET.Data;
using Stillgate.Protocol.ExchangeLog;

namespace Stillgate.Storage.History;

/// <summary>Writes exchanges as history: Parquet, a file a month, without content (docs/formats/history.md). Version 1.</summary>
public static class HistoryWriter
{
    /// <summary>The format's version, kept in each file under the key <c>stillgate_history</c>.</summary>
    public const string Version = "1";

    private const string Table = """
        CREATE TABLE exchange (
            id VARCHAR NOT NULL, arrived_at TIMESTAMP NOT NULL, account VARCHAR NOT NULL, organization VARCHAR, end_customer VARCHAR, dialect VARCHAR NOT NULL,
            model VARCHAR NOT NULL, language VARCHAR NOT NULL, capabilities VARCHAR NOT NULL, status INTEGER NOT NULL, ended VARCHAR,
            input_tokens BIGINT, output_tokens BIGINT)
        """;

    /// <summary>Writes exchanges. A month's file is there whole or not at all; one of the same month is replaced.</summary>
    /// <param name="exchanges">The exchanges.</param>
    /// <param name="folder">Where to; created where missing.</param>
    /// <param name="languageOf">Names the language of an exchange's prompt.</param>
    /// <param name="capabilitiesOf">Names the capabilities that an exchange uses.</param>
    /// <returns>The files and how many exchanges each holds.</returns>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    public static IReadOnlyList<(string File, long Count)> Write(
        IEnumerable<ExchangeRecord> exchanges,
        string folder,
        Func<ExchangeRecord, string> languageOf,
        Func<ExchangeRecord, IReadOnlyList<string>> capabilitiesOf)
    {
        var scratch = Path.Combine(folder, ".history-being-written.duckdb");
        try
        {
            Directory.CreateDirectory(folder);
            File.Delete(scratch);
            using var connection = new DuckDBConnection("DataSource=" + scratch);
            connection.Open();
            Run(connection, Table);
            using (var appender = connection.CreateAppender("exchange"))
            {
                foreach (var exchange in exchanges)
                {
                    Append(appender, exchange, languageOf(exchange), string.Join(' ', capabilitiesOf(exchange)));
                }
            }

            return [.. Months(connection).Select(month => WriteMonth(connection, folder, month))];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or DuckDBException)
        {
            throw new StoreException($"{folder}: history cannot be written: {cause.Message}", cause);
        }
        finally
        {
            File.Delete(scratch);
            File.Delete(scratch + ".wal");
        }
    }

    private static void Append(DuckDBAppender appender, ExchangeRecord exchange, string language, string capabilities)
    {
        var row = appender.CreateRow()
            .AppendValue(exchange.Id)
            .AppendValue(exchange.At.UtcDateTime)
            .AppendValue(exchange.Account)
            .AppendValue(exchange.Organization)
            .AppendValue(exchange.EndCustomer)
            .AppendValue(exchange.Dialect)
            .AppendValue(exchange.Model)
            .AppendValue(language)
            .AppendValue(capabilities)
            .AppendValue(exchange.Status)
            .AppendValue(exchange.End)
            .AppendValue((long?)exchange.Response?.InputTokens)
            .AppendValue((long?)exchange.Response?.OutputTokens);
        row.EndRow();
    }

    private static List<DateTime> Months(DuckDBConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT DISTINCT CAST(date_trunc('month', arrived_at) AS TIMESTAMP) AS month FROM exchange ORDER BY month";
        using var reader = command.ExecuteReader();
        var months = new List<DateTime>();
        while (reader.Read())
        {
            months.Add(reader.GetDateTime(0));
        }

        return months;
    }

    private static (string File, long Count) WriteMonth(DuckDBConnection connection, string folder, DateTime month)
    {
        var file = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"exchanges-{month:yyyy-MM}.parquet"));
        var partial = file + ".partial";
        var within = string.Create(CultureInfo.InvariantCulture, $"arrived_at >= TIMESTAMP '{month:yyyy-MM-dd}' AND arrived_at < TIMESTAMP '{month.AddMonths(1):yyyy-MM-dd}'");
        Run(connection, $"COPY (SELECT * FROM exchange WHERE {within} ORDER BY arrived_at, id) TO {HistoryReader.Quoted(partial)} (FORMAT parquet, COMPRESSION zstd, KV_METADATA {{stillgate_history: '{Version}'}})");
        File.Move(partial, file, overwrite: true);
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT count(*) FROM exchange WHERE {within}";
        return (file, Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture));
    }

    private static void Run(DuckDBConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
