using System.Text.Json.Serialization;

namespace Stillgate.Protocol.Requests;

/// <summary>Generated code for the one type that the rewriter encodes.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class RewriterContext : JsonSerializerContext;
