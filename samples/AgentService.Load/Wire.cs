using System.Text.Json;
using System.Text.Json.Serialization;

namespace AgentService.Load;

/// <summary>What is read of the service's description of its agent.</summary>
internal sealed record AgentAnswer(string Name, IReadOnlyList<ObservationAnswer> Observations);

internal sealed record ObservationAnswer(string Key, IReadOnlyList<int> Shape);

internal sealed record SessionAnswer(string Id);

/// <summary>What is read of the answer to a step, and of a problem where there is one.</summary>
internal sealed record StepAnswer(long? Step, string? Type, int? Status);

/// <summary>What is read of the service's state.</summary>
internal sealed record StatusAnswer(long Sessions, int SessionLimit, long Queued, int QueueLimit);

internal sealed record ReloadRequest(string Folder);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AgentAnswer))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(StepAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ReloadRequest))]
internal sealed partial class WireJson : JsonSerializerContext;
