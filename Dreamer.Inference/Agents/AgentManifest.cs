using System.Text.Json;
using System.Text.Json.Serialization;

namespace Dreamer.Inference;

/// <summary>An agent's manifest: the content of <c>agent.json</c>, format version 1.</summary>
/// <remarks>Immutable, thread-safe. Shapes describe one row; every tensor has the free dimension <c>batch</c> first.</remarks>
public sealed record AgentManifest
{
    /// <summary>The version of the folder's format that this library writes and reads.</summary>
    public const int CurrentFormatVersion = 1;

    /// <summary>The manifest's file name in an agent folder.</summary>
    public const string FileName = "agent.json";

    /// <summary>The subfolder with example inputs and outputs of each graph, by the graph's file name without <c>.onnx</c>.</summary>
    public const string TestDataFolder = "test_data";

    /// <summary>The version of the folder's format.</summary>
    public int FormatVersion { get; init; } = CurrentFormatVersion;

    /// <summary>The agent's name.</summary>
    public required string Name { get; init; }

    /// <summary>The algorithm that trained it: <c>dreamerv1</c>, <c>dreamerv2</c> or <c>dreamerv3</c>.</summary>
    public required string Algorithm { get; init; }

    /// <summary>The preset it was trained with.</summary>
    public required string Preset { get; init; }

    /// <summary>Its observations, by key.</summary>
    public required IReadOnlyList<ObservationManifest> Observations { get; init; }

    /// <summary>Its actions.</summary>
    public required ActionManifest Action { get; init; }

    /// <summary>The sizes of its state.</summary>
    public required LatentManifest Latent { get; init; }

    /// <summary>How to read its heads.</summary>
    public required HeadsManifest Heads { get; init; }

    /// <summary>Its graphs.</summary>
    public required IReadOnlyList<GraphManifest> Graphs { get; init; }

    /// <summary>Graphs with the same names, inputs and outputs but int8 weights in dense layers; empty if it was exported without them.</summary>
    // The generated reader passes null for a missing property.
    public IReadOnlyList<GraphManifest> Int8Graphs { get; init => field = value ?? []; } = [];

    /// <summary>The fidelity of the int8 weights; null if there are none.</summary>
    public QuantizationManifest? Quantization { get; init; }

    /// <summary>Where it came from.</summary>
    public required ProvenanceManifest Provenance { get; init; }

    /// <summary>The shape of the image it observes, or null if it observes none.</summary>
    [JsonIgnore]
    public ImageShape? Image =>
        Observation(TensorNames.Image) is { Shape: [var height, var width, var channels] } ? new ImageShape(height, width, channels) : null;

    /// <summary>The length of the vector it observes, 0 if it observes none.</summary>
    [JsonIgnore]
    public int VectorSize => Observation(TensorNames.Vector) is { Shape: [var size] } ? size : 0;

    /// <summary>The bytes of the image it observes, 0 if it observes none.</summary>
    [JsonIgnore]
    internal int ImageSize =>
        Observation(TensorNames.Image) is { Shape: [var height, var width, var channels] } ? height * width * channels : 0;

    /// <summary>Reads a manifest.</summary>
    /// <param name="json">UTF-8 JSON.</param>
    /// <param name="source">Its name in messages, for example a path.</param>
    /// <exception cref="InvalidAgentException">It is not a valid manifest of this version; the message lists every error.</exception>
    public static AgentManifest FromJson(ReadOnlySpan<byte> json, string source = FileName)
    {
        AgentManifest? manifest;
        try
        {
            manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.AgentManifest);
        }
        // A duplicate property in a JSON tree throws ArgumentException.
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidAgentException($"'{source}' is not an agent manifest: {e.Message}", e);
        }

        var errors = manifest is null ? ["it is null."] : AgentManifestValidator.Errors(manifest);
        return errors.Count == 0 ? manifest! : throw new InvalidAgentException(
            $"'{source}' is not a valid agent manifest:{string.Concat(errors.Select(e => $"{Environment.NewLine}  - {e}"))}");
    }

    /// <summary>Writes the manifest as indented UTF-8 JSON.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.AgentManifest);

    /// <summary>The same agent with int8 weights wherever it has them.</summary>
    /// <returns>A manifest whose <see cref="Graphs"/> use int8 weights.</returns>
    /// <exception cref="InvalidAgentException">The agent has no int8 weights.</exception>
    public AgentManifest WithInt8Weights() => Int8Graphs.Count > 0
        ? this with { Graphs = [.. Graphs.Select(graph => Int8Graphs.FirstOrDefault(int8 => int8.Name == graph.Name) ?? graph)], Int8Graphs = [] }
        : throw new InvalidAgentException($"Agent '{Name}' has no int8 weights; export it with them (dreamer export --quantize int8).");

    /// <summary>The manifest of one graph.</summary>
    /// <exception cref="InvalidAgentException">The agent has no such graph.</exception>
    public GraphManifest Graph(string name) => Graphs.FirstOrDefault(g => g.Name == name) ?? throw new InvalidAgentException(
        $"Agent '{Name}' has no graph '{name}'; it has {string.Join(", ", Graphs.Select(g => g.Name))}.");

    // No LINQ: every step of a session asks.
    private ObservationManifest? Observation(string key)
    {
        for (var i = 0; i < Observations.Count; i++)
        {
            if (Observations[i].Key == key)
            {
                return Observations[i];
            }
        }
        return null;
    }
}
