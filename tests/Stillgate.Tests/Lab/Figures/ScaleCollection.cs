using Xunit;

namespace Stillgate.Tests.Lab.Figures;

/// <summary>A scale run measures the memory of its process: nothing else may come and go beside it.</summary>
[CollectionDefinition(nameof(ScaleTests), DisableParallelization = true)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "It is xUnit's collection.")]
public sealed class ScaleCollection;
