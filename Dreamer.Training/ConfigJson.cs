using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dreamer.Training;

/// <summary>How options are written for people to read.</summary>
internal static class ConfigJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };
}
