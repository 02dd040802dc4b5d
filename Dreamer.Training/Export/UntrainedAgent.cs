using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.WorldModel;
using TorchSharp;

namespace Dreamer.Training.Export;

/// <summary>An agent with random weights, to measure its cost before training.</summary>
/// <remarks>Not thread-safe. Seeds TorchSharp's generator.</remarks>
public sealed class UntrainedAgent : IDisposable
{
    private readonly DreamerOptions _options;
    private readonly WorldModelNetworks _model;
    private readonly ActorCriticNetworks _behavior;

    /// <summary>Makes the networks.</summary>
    /// <param name="options">The sizes of the networks, and the seed of their weights.</param>
    /// <param name="observation">The observation space.</param>
    /// <param name="actions">The action space.</param>
    public UntrainedAgent(DreamerOptions options, ObservationSpace observation, ActionSpace actions)
    {
        ArgumentNullException.ThrowIfNull(options);
        TorchRuntime.EnsureLoaded();
        _options = options;
        torch.manual_seed(unchecked((long)Seeds.Derive(options.Seed, "weights")));
        _model = new WorldModelNetworks(options.Networks, observation, actions);
        _behavior = new ActorCriticNetworks(options.Networks, actions);
    }

    /// <summary>Exports it.</summary>
    /// <param name="folder">The folder to create or replace; it is replaced as a whole.</param>
    /// <param name="options">The contents of the export; nothing is evaluated, and int8 weights are compared on random observations.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is written.</param>
    /// <inheritdoc cref="TrainingRun.ExportAsync(DreamerTrainer, string, AgentExportOptions, CancellationToken)" path="/exception"/>
    public AgentManifest Export(string folder, AgentExportOptions? options = null, CancellationToken cancellationToken = default) =>
        AgentExporter.Export(folder, _model, _behavior, AgentDescription.FromOptions(_options), options, environments: null, cancellationToken);

    /// <summary>Compares an exported folder with the networks, on fresh random inputs.</summary>
    /// <param name="folder">The agent folder.</param>
    /// <param name="options">The size and the tolerance of the comparison.</param>
    /// <exception cref="InvalidAgentException">The folder is missing or damaged.</exception>
    public ParityReport CheckExport(string folder, AgentParityOptions? options = null) => AgentParity.Check(folder, _model, _behavior, options);

    /// <inheritdoc/>
    public void Dispose()
    {
        _model.Dispose();
        _behavior.Dispose();
    }
}
