using System.Globalization;
using DuckDB.NET.Data;

namespace Stillgate.Storage.History;

/// <summary>Reads history through DuckDB: rows that are alike within a grain of time are counted there, so that months pass in seconds.</summary>
public sealed class HistoryReader : IDisposable
{
    private const string Key = "account, organization, end_customer, dialect, model, language, capabilities";
    private readonly DuckDBConnection _connection;
    private readonly string _source;

    private HistoryReader(DuckDBConnection connection, string source) => (_connection, _source) = (connection, source);

    /// <summary>Exchanges in the history.</summary>
    public long ExchangeCount { get; private set; }

    /// <summary>Opens history.</summary>
    /// <param name="path">A Parquet file, or a folder of them.</param>
    /// <exception cref="StoreException">There is none, or it is not history of a version that this build reads.</exception>
    public static HistoryReader Open(string path)
    {
        string[] files = Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.parquet").Order(StringComparer.Ordinal)] : File.Exists(path) ? [path] : [];
        if (files.Length == 0)
        {
            throw new StoreException($"{path}: expected a Parquet file, or a folder that holds some; 'policy history' writes them");
        }

        var connection = new DuckDBConnection("DataSource=:memory:");
        try
        {
            connection.Open();
            foreach (var file in files)
            {
                CheckVersion(connection, file);
            }

            var reader = new HistoryReader(connection, $"read_parquet([{string.Join(", ", files.Select(Quoted))}])");
            reader.ExchangeCount = Convert.ToInt64(reader.Scalar($"SELECT count(*) FROM {reader._source}"), CultureInfo.InvariantCulture);
            return reader;
        }
        catch (DuckDBException cause)
        {
            connection.Dispose();
            throw new StoreException($"{path}: cannot be read as history: {cause.Message}", cause);
        }
        catch (StoreException)
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Reads the history, in no order.</summary>
    /// <param name="grain">Exchanges that are alike within one such span come as one row; null for a row each.</param>
    /// <param name="cancellation">Gives up between two rows.</param>
    public IEnumerable<HistoryRow> Read(TimeSpan? grain, CancellationToken cancellation)
    {
        using var command = _connection.CreateCommand();
        command.UseStreamingMode = true;
        command.CommandText = grain is { } span
            ? string.Create(CultureInfo.InvariantCulture, $"SELECT {Key}, min(arrived_at), count(*) FROM {_source} GROUP BY {Key}, epoch_us(arrived_at) // {(long)span.TotalMicroseconds}")
            : $"SELECT {Key}, arrived_at, CAST(1 AS BIGINT) FROM {_source}";
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            yield return new HistoryRow
            {
                Account = reader.GetString(0),
                Organization = reader.IsDBNull(1) ? null : reader.GetString(1),
                EndCustomer = reader.IsDBNull(2) ? null : reader.GetString(2),
                Dialect = reader.GetString(3),
                Model = reader.GetString(4),
                Language = reader.GetString(5),
                Capabilities = reader.GetString(6),
                At = new DateTimeOffset(DateTime.SpecifyKind(reader.GetDateTime(7), DateTimeKind.Utc)),
                Count = reader.GetInt64(8),
            };
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    /// <summary>A path as SQL text.</summary>
    internal static string Quoted(string path) => "'" + path.Replace("'", "''", StringComparison.Ordinal) + "'";

    private static void CheckVersion(DuckDBConnection connection, string file)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT decode(value) FROM parquet_kv_metadata({Quoted(file)}) WHERE decode(key) = 'stillgate_history'";
        var version = command.ExecuteScalar() as string;
        if (version != HistoryWriter.Version)
        {
            throw new StoreException(version is null
                ? $"{file}: expected history, as 'policy history' writes it (docs/formats/history.md); this Parquet file does not say that it is"
                : $"{file}: is history of version {version}; this build reads version {HistoryWriter.Version}");
        }
    }

    private object? Scalar(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }
}
