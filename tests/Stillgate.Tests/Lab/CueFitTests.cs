using Stillgate.Lab.Cueing;
using Stillgate.Lab.Simulation;
using Xunit;

namespace Stillgate.Tests.Lab;

/// <summary>The model of elicitation cues, from prompts and a composed log to a file and what it finds.</summary>
public sealed class CueFitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("stillgate-cues-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_PromptsAndALog_FindsItsPromptsAndSparesItsAccounts()
    {
        var test = CueTest.Of(Fit(OwnPrompts(), Log()));

        var prompts = test.Prompts(OwnPrompts(), numbers: null).ToDictionary(line => line.Split(' ')[0], line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);
        var persons = test.Log(Log()).Single(line => line.StartsWith("person ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);

        Assert.True(int.Parse(prompts["Trajectory"], Culture) >= 70, $"{prompts["Trajectory"]} of 80 trajectories");
        Assert.True(int.Parse(prompts["Innocent"], Culture) <= 10, $"{prompts["Innocent"]} of 180 innocent prompts");
        Assert.True(int.Parse(persons[1], Culture) <= int.Parse(persons[3], Culture) / 50, string.Join(' ', persons));
    }

    [Fact]
    public void Write_SameInputs_GivesTheSameBytes()
    {
        var first = File.ReadAllBytes(Fit(OwnPrompts(), Log()));

        Assert.Equal(first, File.ReadAllBytes(Fit(OwnPrompts(), Log())));
    }

    [Theory]
    [InlineData("Rationale 1 Why is it 4?\nRationale two Why is it 5?", "bad.txt:2: expected a family")]
    [InlineData("Cunning 1 Why is it 4?", "bad.txt:1: expected a family (Rationale, InlineTrace,")]
    [InlineData("Judge 1 Which is better?", "bad.txt:1: expected a family")]
    [InlineData("Rationale 1", "bad.txt:1: expected a family")]
    [InlineData("", "bad.txt:1: expected a family")]
    public void AddPrompts_LineThatIsNone_NamesIt(string content, string expected)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "bad.txt"), content + "\n");

        var problem = Assert.Throws<SimulationException>(() => new CueFit().AddPrompts(_folder.FullName));

        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddPrompts_FolderWithoutAny_IsRefused() =>
        Assert.Contains("no prompts here", Assert.Throws<SimulationException>(() => new CueFit().AddPrompts(_folder.FullName)).Message, StringComparison.Ordinal);

    [Fact]
    public void Write_WithoutPromptsOrTexts_SaysWhatIsMissing()
    {
        var fit = new CueFit();
        fit.AddPrompts(OwnPrompts());

        Assert.Contains("expected prompts of both sides and texts of legitimate accounts", Assert.Throws<SimulationException>(() => fit.Write(Stream.Null, progress: null)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "not a cue model")]
    [InlineData(4, "version")]
    [InlineData(9, "checksum")]
    [InlineData(5_000, "checksum")]
    public void Of_DamagedByte_IsRefused(int at, string expected)
    {
        var bytes = File.ReadAllBytes(Shipped);
        bytes[at] ^= 0x40;
        var file = Path.Combine(_folder.FullName, "damaged.bin");
        File.WriteAllBytes(file, bytes);

        var problem = Assert.Throws<InvalidDataException>(() => CueTest.Of(file));

        Assert.StartsWith(file + ": ", problem.Message, StringComparison.Ordinal);
        Assert.Contains(expected, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public void Of_OtherLength_IsRefused(int more)
    {
        var file = Path.Combine(_folder.FullName, "length.bin");
        using (var stream = File.Create(file))
        {
            stream.Write(File.ReadAllBytes(Shipped));
            stream.SetLength(stream.Length + more);
        }

        Assert.Contains("not a cue model", Assert.Throws<InvalidDataException>(() => CueTest.Of(file)).Message, StringComparison.Ordinal);
    }

    private static System.Globalization.CultureInfo Culture => System.Globalization.CultureInfo.InvariantCulture;

    private static string Shipped => Path.Combine(Repository.Root, "src", "Stillgate.Detection", "Sketching", "cue-model.bin");

    private static string OwnPrompts() => Path.Combine(Repository.Root, "tests", "Stillgate.Tests", "Detection", "Elicitation");

    private string Log()
    {
        var folder = Path.Combine(_folder.FullName, "log");
        if (!Directory.Exists(folder))
        {
            new TrafficSimulator(Composed.Options(seed: 3, scale: 0.02) with { OutputFolder = folder }).Write(progress: null, TestContext.Current.CancellationToken);
        }

        return folder;
    }

    private string Fit(string prompts, string log)
    {
        var fit = new CueFit();
        fit.AddPrompts(prompts);
        fit.AddLog(log, teachesAll: false);
        var file = Path.Combine(_folder.FullName, "fitted.bin");
        using var output = File.Create(file);
        fit.Write(output, progress: null);
        return file;
    }
}
