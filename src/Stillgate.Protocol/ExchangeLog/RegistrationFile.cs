namespace Stillgate.Protocol.ExchangeLog;

/// <summary>Reads a registrations file. A bad line is reported, counted and skipped.</summary>
public static class RegistrationFile
{
    /// <summary>Reads every registration of a file.</summary>
    /// <param name="file">Path; may end in <c>.gz</c> or <c>.zst</c>.</param>
    /// <param name="onProblem">Called for each bad line.</param>
    /// <returns>The registrations in file order.</returns>
    /// <exception cref="LogFormatException">The file is missing, cannot be read, or holds no registration.</exception>
    public static IReadOnlyList<RegistrationRecord> ReadAll(string file, Action<LogProblem> onProblem)
    {
        if (InputFile.WrongWith(file) is { } wrong)
        {
            throw new LogFormatException(wrong);
        }

        return ReadAll(LogFiles.OpenRead(file), file, onProblem);
    }

    /// <summary>Reads every registration of lines that came otherwise than in a file.</summary>
    /// <param name="stream">The lines; closed afterwards.</param>
    /// <param name="file">What problems call it.</param>
    /// <param name="onProblem">Called for each bad line.</param>
    /// <returns>The registrations in their order.</returns>
    /// <exception cref="LogFormatException">It cannot be read, or holds no registration.</exception>
    public static IReadOnlyList<RegistrationRecord> ReadAll(Stream stream, string file, Action<LogProblem> onProblem)
    {
        using var splitter = new LineSplitter(stream);
        var records = new List<RegistrationRecord>();
        try
        {
            while (splitter.TryRead(out var line))
            {
                if (line.IsEmpty)
                {
                    continue;
                }

                if (RegistrationLine.TryParse(line, out var record, out var field, out var expected))
                {
                    records.Add(record!);
                }
                else
                {
                    onProblem(new LogProblem(file, splitter.LineNumber, field, expected));
                }
            }
        }
        catch (Exception cause) when (LogFiles.IsReadFailure(cause))
        {
            throw new LogFormatException($"{file}:{splitter.LineNumber + 1}: cannot be read on from here: {cause.Message}", cause);
        }

        return records.Count > 0 || splitter.LineNumber == 0
            ? records
            : throw new LogFormatException($"{file}: not a registrations file: no line of it is a registration of version 1");
    }
}
