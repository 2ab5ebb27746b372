using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stillgate.Protocol.ExchangeLog;
using Stillgate.Storage.ExchangeLog;
using Xunit;

namespace Stillgate.Tests.Storage;

public sealed class ExchangeLogWriterTests
{
    [Fact]
    public async Task Run_ManyRecords_FilesRollAndNothingIsLost()
    {
        using var folder = new TemporaryFolder();
        var options = Options(folder) with { FileBytesMax = 2000, BlockBytesMax = 500 };

        var writer = await WriteAsync(options, Records(500));

        Assert.Equal(Records(500).Select(record => record.Id), ReadIds(folder.Path));
        Assert.True(Directory.GetFiles(folder.Path).Length > 3, "the files were rolled by size");
        Assert.False(File.Exists(folder.File("open-file")));
        Assert.Equal((500, 0), (writer.WrittenCount, writer.DroppedCount));
    }

    [Fact]
    public async Task Run_WithoutContent_TextIsNowhereInTheFiles()
    {
        using var folder = new TemporaryFolder();
        var seen = new Observer();

        await WriteAsync(Options(folder), Records(3), new ContentRemover(), seen);

        var read = new ExchangeLogReader(folder.Path, _ => { }).Read().ToList();
        Assert.All(read, record => Assert.True(record.Request.Messages is null && record.Response!.Text is null && record.Response.Reasoning is null));
        Assert.All(read, record => Assert.Equal(7, record.Response!.OutputTokens));
        Assert.Equal(["x-0", "x-1", "x-2"], seen.Records.Select(record => record.Id));
        Assert.All(seen.Records, record => Assert.Null(record.Request.Messages));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(60)]
    public async Task Open_AfterAKilledProcess_KeepsEveryWholeBlock(int missingBytes)
    {
        using var folder = new TemporaryFolder();
        await WriteAsync(Options(folder) with { BlockBytesMax = 1 }, Records(5));
        var file = Directory.GetFiles(folder.Path).Single();

        // As a kill leaves it: the marker stands, and the last block is there in part.
        File.WriteAllText(folder.File("open-file"), Path.GetFileName(file));
        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^missingBytes]);
        await WriteAsync(Options(folder), [Record(9)]);

        Assert.Equal(["x-0", "x-1", "x-2", "x-3", "x-9"], ReadIds(folder.Path));
        Assert.False(File.Exists(folder.File("open-file")));
    }

    [Fact]
    public async Task File_StillOpen_CanBeReadUpToItsLastBlock()
    {
        using var folder = new TemporaryFolder();
        var channel = Channel.CreateBounded<ExchangeRecord>(10);
        var seen = new Observer();
        using var writer = new ExchangeLogWriter(Options(folder) with { BlockBytesMax = 1 }, channel.Reader, null, [seen], TimeProvider.System, NullLogger.Instance);
        writer.Open();
        var running = writer.RunAsync();

        await channel.Writer.WriteAsync(Record(0), TestContext.Current.CancellationToken);
        await channel.Writer.WriteAsync(Record(1), TestContext.Current.CancellationToken);

        // The observer sees the second record after the first one's block was written.
        await seen.Reached(2).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Contains("x-0", ReadIds(folder.Path));
        channel.Writer.Complete();
        await running;
        Assert.Equal(["x-0", "x-1"], ReadIds(folder.Path));
    }

    [Fact]
    public async Task Folder_CannotBeWritten_RecordsAreDroppedCountedAndLoggedOnce()
    {
        using var folder = new TemporaryFolder();
        var blocked = folder.File("exchanges");
        File.WriteAllText(blocked, "a file where the folder should be");
        var logger = new CountingLogger();
        var options = new ExchangeLogOptions { Folder = blocked, BlockBytesMax = 1, RetryInterval = TimeSpan.Zero };

        var writer = await WriteAsync(options, Records(20), logger: logger);

        Assert.True(writer.IsFailing);
        Assert.Equal((0, 20), (writer.WrittenCount, writer.DroppedCount));
        Assert.Equal(1, logger.Count(2001));
    }

    [Fact]
    public async Task Folder_CanBeWrittenAgain_WritingResumes()
    {
        using var folder = new TemporaryFolder();
        var blocked = folder.File("exchanges");
        File.WriteAllText(blocked, "a file where the folder should be");
        var logger = new CountingLogger();
        var options = new ExchangeLogOptions { Folder = blocked, BlockBytesMax = 1, RetryInterval = TimeSpan.Zero };
        var cured = new Observer(at: 2, () => File.Delete(blocked));

        var writer = await WriteAsync(options, Records(5), observer: cured, logger: logger);

        Assert.False(writer.IsFailing);
        Assert.Equal((4, 1), (writer.WrittenCount, writer.DroppedCount));
        Assert.Equal((1, 1), (logger.Count(2001), logger.Count(2002)));
        Assert.Equal(["x-1", "x-2", "x-3", "x-4"], ReadIds(blocked));
    }

    [Fact]
    public async Task Transform_Fails_RecordIsNotWrittenAndTheNextIs()
    {
        using var folder = new TemporaryFolder();

        var writer = await WriteAsync(Options(folder), Records(3), new FailingTransform());

        Assert.Equal(["x-0", "x-2"], ReadIds(folder.Path));
        Assert.Equal(1, writer.DroppedCount);
    }

    private static ExchangeLogOptions Options(TemporaryFolder folder) => new() { Folder = folder.Path };

    private static IEnumerable<ExchangeRecord> Records(int count) => Enumerable.Range(0, count).Select(Record);

    private static ExchangeRecord Record(int number) => new()
    {
        Id = $"x-{number}",
        At = new DateTimeOffset(2026, 5, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(number),
        Account = "acc-1",
        Dialect = Dialects.OpenAiChat,
        Model = "m",
        Request = new ExchangeRequest { Messages = [new ChatMessage("user", $"prompt {number * 7919}")] },
        Response = new ExchangeResponse { Text = "answer", Reasoning = "because", OutputTokens = 7 },
        Status = 200,
    };

    private static List<string> ReadIds(string folder) => [.. new ExchangeLogReader(folder, _ => { }).Read().Select(record => record.Id)];

    private static async Task<ExchangeLogWriter> WriteAsync(
        ExchangeLogOptions options,
        IEnumerable<ExchangeRecord> records,
        IRecordTransform? transform = null,
        Observer? observer = null,
        ILogger? logger = null)
    {
        var channel = Channel.CreateBounded<ExchangeRecord>(1000);
        foreach (var record in records)
        {
            await channel.Writer.WriteAsync(record);
        }

        channel.Writer.Complete();
        using var writer = new ExchangeLogWriter(options, channel.Reader, transform, observer is null ? [] : [observer], TimeProvider.System, logger ?? NullLogger.Instance);
        writer.Open();
        await writer.RunAsync();
        return writer;
    }

    private sealed class Observer(int at = 0, Action? then = null) : IExchangeObserver
    {
        private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _wanted = int.MaxValue;

        public List<ExchangeRecord> Records { get; } = [];

        public Task Reached(int count)
        {
            lock (Records)
            {
                _wanted = count;
                Check();
            }

            return _reached.Task;
        }

        public void OnExchange(ExchangeRecord record)
        {
            lock (Records)
            {
                Records.Add(record);
                Check();
            }

            if (Records.Count == at)
            {
                then?.Invoke();
            }
        }

        private void Check()
        {
            if (Records.Count >= _wanted)
            {
                _reached.TrySetResult();
            }
        }
    }

    private sealed class FailingTransform : IRecordTransform
    {
        public ExchangeRecord Transform(ExchangeRecord record) => record.Id == "x-1" ? throw new InvalidOperationException("planted") : record;
    }

    private sealed class CountingLogger : ILogger
    {
        private readonly List<int> _events = [];

        public int Count(int eventId) => _events.Count(seen => seen == eventId);

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => _events.Add(eventId.Id);
    }
}
