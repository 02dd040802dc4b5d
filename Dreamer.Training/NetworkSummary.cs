using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;

namespace Dreamer.Training;

/// <summary>The structure of an agent's networks: modules, layers, shapes, and parameter counts.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed record NetworkSummary
{
    private NetworkSummary(string? imageNetwork, int embeddingSize, IReadOnlyList<ModuleSummary> modules) =>
        (ImageNetwork, EmbeddingSize, Modules) = (imageNetwork, embeddingSize, modules);

    /// <summary>The image network and its sizes, or null without an image.</summary>
    public string? ImageNetwork { get; }

    /// <summary>Numbers in the embedding of an observation.</summary>
    public int EmbeddingSize { get; }

    /// <summary>The modules: those of the world model, then actor and critic.</summary>
    public IReadOnlyList<ModuleSummary> Modules { get; }

    /// <summary>The number of parameters of the world model.</summary>
    public long WorldModelCount => Modules.Where(module => module.IsWorldModel).Sum(module => module.Count);

    /// <summary>The number of parameters in all, without the target critic, which is a copy.</summary>
    public long Count => Modules.Sum(module => module.Count);

    /// <summary>Describes the networks of an agent by creating them.</summary>
    /// <param name="options">Their sizes and kinds.</param>
    /// <param name="observation">The observation space.</param>
    /// <param name="actions">The action space.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">The options cannot be used for that observation.</exception>
    public static NetworkSummary Create(NetworkOptions options, ObservationSpace observation, ActionSpace actions)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(observation);
        ArgumentNullException.ThrowIfNull(actions);
        TorchRuntime.EnsureLoaded();
        using var worldModel = new WorldModelNetworks(options, observation, actions);
        using var actorCritic = new ActorCriticNetworks(options, actions);
        return new NetworkSummary(
            observation.Image is { } image ? ImagePlan.For(image, options.CnnDepth).Describe(image) : null,
            worldModel.Encoder.EmbeddingSize,
            [.. ModulesOf(worldModel, isWorldModel: true), .. ModulesOf(actorCritic, isWorldModel: false)]);
    }

    private static IEnumerable<ModuleSummary> ModulesOf(Network network, bool isWorldModel) => network.named_parameters()
        .GroupBy(p => p.name.Split('.')[0], StringComparer.Ordinal)
        .Select(module => new ModuleSummary(module.Key, isWorldModel, [.. module
            .GroupBy(p => p.name[(module.Key.Length + 1)..p.name.LastIndexOf('.')], StringComparer.Ordinal)
            .Select(layer => new LayerSummary(
                layer.Key,
                [.. layer.Select(p => new ParameterSummary(p.name[(p.name.LastIndexOf('.') + 1)..], p.parameter.shape))]))]));
}
