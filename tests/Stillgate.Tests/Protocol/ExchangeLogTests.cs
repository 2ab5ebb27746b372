using System.IO.Compression;
using System.Text;
using Stillgate.Protocol.ExchangeLog;
using Xunit;
using ZstdSharp;

namespace Stillgate.Tests.Protocol;

public sealed class ExchangeLogTests
{
    private static readonly string Golden = Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Protocol", "golden", "exchange-log-v1.jsonl");

    [Fact]
    public void GoldenFile_ReadAndWritten_IsTheSameBytes()
    {
        using var writer = new ExchangeLineWriter();
        var written = new MemoryStream();
        foreach (var record in Read(Golden, out _))
        {
            written.Write(writer.Encode(record).Span);
        }

        Assert.Equal(File.ReadAllText(Golden), Encoding.UTF8.GetString(written.ToArray()));
    }

    [Fact]
    public void GoldenFile_Read_HasEveryMember()
    {
        var records = Read(Golden, out var problems);

        Assert.Empty(problems);
        Assert.Equal(3, records.Count);
        var full = records[0];
        Assert.Equal(("x-000001", "acc-17", "org-3", "key-9", "end-1"), (full.Id, full.Account, full.Organization, full.Credential, full.EndCustomer));
        Assert.Equal(new DateTimeOffset(2026, 5, 1, 12, 0, 0, 123, TimeSpan.Zero), full.At);
        Assert.Equal(("203.0.113.9", "t13d1516h2_8daaf6152771_b186095e22b6", "openai-node/6.1"), (full.Client!.Ip, full.Client.Tls, full.Client.UserAgent));
        Assert.Equal(("stop", 12, 80, 0), (full.Response!.Finish, full.Response.InputTokens, full.Response.OutputTokens, full.Response.ReasoningTokens));
        Assert.Equal(("complete", "stripped:logprobs", true), (full.End, full.Changes!.Single(), full.Truncated));
        Assert.Equal(["futureMember"], full.Unknown!.Keys);
        Assert.Equal((1, "k1"), (records[1].Sketch!.Version, records[1].Sketch!.KeyId));
        Assert.Equal(("refused", "unknown_key"), (records[2].End, records[2].EndReason));
    }

    [Fact]
    public void ShareRead_OverSeveralFiles_GrowsToTheWhole()
    {
        using var folder = new TemporaryFolder();
        var lines = string.Concat(Enumerable.Repeat(File.ReadAllText(Golden), 2000));
        File.WriteAllText(folder.File("a.jsonl"), lines);
        File.WriteAllText(folder.File("b.jsonl"), lines);
        var reader = new ExchangeLogReader(folder.Path, problem => Assert.Fail(problem.ToString()));

        var before = reader.ShareRead;
        var shares = reader.Read().Select(_ => reader.ShareRead).ToArray();

        Assert.Equal(0, before);
        Assert.Equal(shares.Order(), shares);
        Assert.InRange(shares[6000], 0.4, 0.6);
        Assert.Equal(1, reader.ShareRead);
    }

    [Theory]
    [InlineData(".gz")]
    [InlineData(".zst")]
    public void CompressedFile_Read_IsTheSame(string ending)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("log.jsonl" + ending);
        using (var raw = File.Create(file))
        using (Stream compressing = ending == ".gz" ? new GZipStream(raw, CompressionLevel.Fastest) : new CompressionStream(raw))
        {
            compressing.Write(File.ReadAllBytes(Golden));
        }

        Assert.Equal(Read(Golden, out _).Select(record => record.Id), Read(file, out _).Select(record => record.Id));
    }

    [Theory]
    [InlineData("""{"v":1,"id":"x","at":"yesterday","account":"a","dialect":"d","model":"m","status":200}""", "at")]
    [InlineData("""{"v":2,"id":"x","at":"2026-05-01T12:00:00Z","account":"a","dialect":"d","model":"m","status":200}""", "v")]
    [InlineData("""{"v":1,"id":"x","at":"2026-05-01T12:00:00Z","account":"a","dialect":"d","model":"m","status":"200"}""", "status")]
    [InlineData("""{"v":1,"id":"x","at":"2026-05-01T12:00:00Z","dialect":"d","model":"m","status":200}""", "account")]
    [InlineData("""{"v":1,"id":"x","at":"2026-05-01T12:00:00Z","account":"a","dialect":"d","model":"m","status":200,"request":{"messages":[{"role":"user"}]}}""", "request.messages[0].content")]
    [InlineData("not json", "")]
    public void BadLine_IsNamedByFileLineAndField(string line, string field)
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("log.jsonl");
        var good = File.ReadLines(Golden).First();
        File.WriteAllText(file, $"{good}\n{line}\n{good}\n");

        var records = Read(file, out var problems);

        Assert.Equal(2, records.Count);
        var problem = Assert.Single(problems);
        Assert.Equal((file, 2L, field), (problem.File, problem.Line, problem.Field));
    }

    [Fact]
    public void CompressedFile_CutInTheMiddle_GivesWhatIsWhole()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("log.jsonl.gz");
        using (var raw = File.Create(file))
        {
            for (var i = 0; i < 2; i++)
            {
                using var member = new GZipStream(raw, CompressionLevel.Fastest, leaveOpen: true);
                member.Write(File.ReadAllBytes(Golden));
            }
        }

        File.WriteAllBytes(file, File.ReadAllBytes(file)[..^60]);
        var records = Read(file, out var problems);

        Assert.True(records.Count >= 3, "the first member is whole");
        Assert.Single(problems);
    }

    [Fact]
    public void Folder_WithRegistrationsAndLabelsBesideTheLog_IsTheLogAlone()
    {
        using var folder = new TemporaryFolder();
        foreach (var name in (string[])["log.jsonl", "more.jsonl.gz", "labels.jsonl", "registrations.jsonl", "registrations.jsonl.zst", "notes.txt"])
        {
            File.WriteAllText(folder.File(name), "");
        }

        Assert.Equal(["log.jsonl", "more.jsonl.gz"], LogFiles.Expand(folder.Path).Select(Path.GetFileName));

        File.Delete(folder.File("log.jsonl"));
        File.Delete(folder.File("more.jsonl.gz"));
        var refusal = Assert.Throws<LogFormatException>(() => LogFiles.Expand(folder.Path));
        Assert.Contains($"{folder.Path}: the folder holds no exchange log", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NotALog_IsRefusedAsAWhole()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("poem.jsonl");
        File.WriteAllText(file, "one\ntwo\n");

        Assert.Throws<LogFormatException>(() => Read(file, out _));
        Assert.Throws<LogFormatException>(() => Read(folder.File("absent.jsonl"), out _));
    }

    private static List<ExchangeRecord> Read(string path, out List<LogProblem> problems)
    {
        var found = new List<LogProblem>();
        var records = new ExchangeLogReader(path, found.Add).Read().ToList();
        problems = found;
        return records;
    }
}
