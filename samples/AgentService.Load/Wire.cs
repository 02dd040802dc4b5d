using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentService.Load;

/// <summary>The part of the service's description that the driver reads.</summary>
internal sealed record AgentAnswer(string Name, IReadOnlyList<ObservationAnswer> Observations);

internal sealed record ObservationAnswer(string Key, IReadOnlyList<int> Shape);

internal sealed record SessionAnswer(string Id);

/// <summary>The part of an answer or a problem that the driver reads.</summary>
internal sealed record StepAnswer(long? Step, string? Type, int? Status);

/// <summary>The part of the service's status that the driver reads.</summary>
internal sealed record StatusAnswer(long Sessions, int SessionLimit, long Queued, int QueueLimit);

internal sealed record ReloadRequest(string Folder);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AgentAnswer))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(StepAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ReloadRequest))]
internal sealed partial class WireJson : JsonSerializerContext;
