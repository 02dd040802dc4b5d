using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace AgentService.Wire;

/// <summary>The service's JSON: unknown properties are errors, missing values are left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    AllowDuplicateProperties = false,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionAnswer))]
[JsonSerializable(typeof(StepRequest))]
[JsonSerializable(typeof(StepAnswer))]
[JsonSerializable(typeof(AgentAnswer))]
[JsonSerializable(typeof(StatusAnswer))]
[JsonSerializable(typeof(ReloadRequest))]
[JsonSerializable(typeof(ReloadAnswer))]
[JsonSerializable(typeof(EchoAnswer))]
[JsonSerializable(typeof(ProblemDetails))]
internal sealed partial class ServiceJson : JsonSerializerContext
{
    /// <summary>The options for reading and writing. The content type is JSON, so quotes need no HTML escape.</summary>
    public static ServiceJson Wire => Relaxed.Instance;

    // Made when it is asked for, which is after the default that it copies.
    private static class Relaxed
    {
        internal static readonly ServiceJson Instance =
            new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
