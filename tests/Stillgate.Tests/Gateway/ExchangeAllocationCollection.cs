using Xunit;

namespace Stillgate.Tests.Gateway;

/// <summary>Tests that count what the whole process allocates: nothing else may run meanwhile.</summary>
[CollectionDefinition(nameof(ExchangeAllocationTests), DisableParallelization = true)]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Naming", "CA1711", Justification = "It is xUnit's collection.")]
public sealed class ExchangeAllocationCollection;
