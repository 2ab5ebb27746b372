using System.Text.Json;
using System.Text.Json.Serialization;
using Stillgate.Gateway.Forwarder;
using Stillgate.Server.Admin.Contracts;

namespace Stillgate.Server.Admin;

/// <summary>Everything that the admin API reads and writes as JSON. A member that nobody knows is refused.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, NumberHandling = JsonNumberHandling.Strict)]
[JsonSerializable(typeof(AdminProblem))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(AdminKeyRequest))]
[JsonSerializable(typeof(HoldRequest))]
[JsonSerializable(typeof(RulesRequest))]
[JsonSerializable(typeof(RollbackRequest))]
[JsonSerializable(typeof(Listing<KeyAnswer>))]
[JsonSerializable(typeof(Listing<AdminKeyAnswer>))]
[JsonSerializable(typeof(Listing<HoldAnswer>))]
[JsonSerializable(typeof(Listing<ChangeAnswer>))]
[JsonSerializable(typeof(Listing<ProviderStanding>))]
[JsonSerializable(typeof(ImportAnswer))]
[JsonSerializable(typeof(CustomerAnswer))]
[JsonSerializable(typeof(PolicyAnswer))]
[JsonSerializable(typeof(SwitchAnswer))]
[JsonSerializable(typeof(RulesAnswer))]
[JsonSerializable(typeof(ReloadAnswer))]
internal sealed partial class AdminJson : JsonSerializerContext;
