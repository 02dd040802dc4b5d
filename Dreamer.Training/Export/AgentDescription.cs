using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Options;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace Dreamer.Training.Export;

/// <summary>The facts about an agent that its networks do not hold.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
internal sealed record AgentDescription
{
    /// <summary>The agent's name.</summary>
    public required string Name { get; init; }

    /// <summary>The preset of its training.</summary>
    public required string Preset { get; init; }

    /// <summary>The algorithm: <c>dreamerv1</c>, <c>dreamerv2</c> or <c>dreamerv3</c>.</summary>
    /// <value><c>dreamerv2</c>.</value>
    public string Algorithm { get; init; } = "dreamerv2";

    /// <summary>Whether the critic's value of a state includes the reward of arriving in it.</summary>
    /// <value>True.</value>
    public bool ValueIncludesReward { get; init; } = true;

    /// <summary>Lambda of the lambda-return that the critic learned.</summary>
    /// <value>0.95.</value>
    public double Lambda { get; init; } = 0.95;

    /// <summary>The factor of rewards before the critic learned from them.</summary>
    /// <value>1.</value>
    public float RewardScale { get; init; } = 1;

    /// <summary>Its provenance: environment, steps, seed, configuration, scores.</summary>
    public required ProvenanceManifest Provenance { get; init; }

    /// <summary>The discount factor of training.</summary>
    public required double Gamma { get; init; }

    /// <summary>The transformation of rewards before the reward head and the critic learned them.</summary>
    /// <value><c>identity</c>.</value>
    public string RewardTransform { get; init; } = "identity";

    /// <summary>Describes an agent before its first training step.</summary>
    internal static AgentDescription FromOptions(DreamerOptions options) => new()
    {
        Name = options.Environment,
        Preset = options.Preset,
        Algorithm = options.Algorithm.ToString().ToLowerInvariant(),
        ValueIncludesReward = options.Behavior.ValueIncludesReward,
        Gamma = options.Discount,
        Lambda = options.Behavior.Lambda,
        RewardScale = new RewardNorm(options.Behavior.RewardNorm).Factor,
        RewardTransform = JsonNamingPolicy.SnakeCaseLower.ConvertName(options.WorldModel.RewardTransform.ToString()),
        Provenance = new ProvenanceManifest
        {
            Environment = options.Environment,
            Steps = 0,
            Updates = 0,
            Seed = options.Seed,
            Config = Config(options),
            Packages = new SortedDictionary<string, string>(StringComparer.Ordinal)
            {
                ["Dreamer.Training"] = VersionOf(typeof(AgentDescription)),
                ["Microsoft.ML.OnnxRuntime"] = VersionOf(typeof(InferenceSession)),
                ["TorchSharp"] = VersionOf(typeof(torch)),
            },
        },
    };

    // Paths of the training machine do not belong in an agent folder.
    private static JsonObject Config(DreamerOptions options) =>
        OptionTree.FromOptions(options with
        {
            LogDirectory = null,
            InitialWeights = null,
            EnvironmentAssembly = Path.GetFileName(options.EnvironmentAssembly),
            Replay = options.Replay with { StartingEpisodes = null },
        });

    private static string VersionOf(Type type)
    {
        var assembly = type.Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "";
        return version.Split('+')[0];
    }
}
