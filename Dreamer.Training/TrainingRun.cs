using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training.Export;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Weights;

namespace Dreamer.Training;

/// <summary>What can be done with a training run beside running it.</summary>
public static class TrainingRun
{
    /// <summary>Whether a folder holds a training run.</summary>
    /// <param name="folder">The folder.</param>
    public static bool Exists(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return RunConfig.Exists(folder);
    }

    /// <summary>Opens a run that was left in a folder, at its newest whole checkpoint.</summary>
    /// <param name="folder">The run's log directory.</param>
    /// <param name="observer">Is told what happens.</param>
    /// <returns>A trainer that the caller disposes.</returns>
    /// <exception cref="FileNotFoundException">
    /// There is no run in the folder, or none that came to a checkpoint, or the assembly of its environment is not where it was.
    /// </exception>
    /// <exception cref="InvalidDataException">The run's configuration cannot be read.</exception>
    /// <exception cref="Checkpoints.InvalidCheckpointException">The checkpoint is not of that configuration.</exception>
    public static DreamerTrainer Open(string folder, ITrainingObserver? observer = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        // The machine that opens a run need not have the device that it was trained on.
        var trainer = new DreamerTrainer(RunConfig.Read(folder) with { Device = "auto" }, observer);
        if (!trainer.Restore())
        {
            trainer.Dispose();
            throw new FileNotFoundException($"The run in '{folder}' has no checkpoint yet.", folder);
        }
        return trainer;
    }

    /// <summary>Exports the trainer's networks as an agent folder, and lets the exported agent play for the scores in it.</summary>
    /// <param name="trainer">The trainer; it must not run meanwhile.</param>
    /// <param name="folder">The folder to create or replace; it is never left half written.</param>
    /// <param name="cancellationToken">Ends it; nothing is written then.</param>
    /// <returns>What the folder's <c>agent.json</c> says.</returns>
    /// <exception cref="InvalidOperationException">A network cannot be traced faithfully.</exception>
    /// <exception cref="IOException">The folder could not be written; an old one is untouched.</exception>
    public static Task<AgentManifest> ExportAsync(this DreamerTrainer trainer, string folder, CancellationToken cancellationToken = default) =>
        trainer.ExportAsync(folder, new AgentExportOptions(), cancellationToken);

    /// <summary>Exports the trainer's networks as an agent folder.</summary>
    /// <param name="trainer">The trainer; it must not run meanwhile.</param>
    /// <param name="folder">The folder to create or replace; it is never left half written.</param>
    /// <param name="options">What is exported, and how it is scored.</param>
    /// <param name="cancellationToken">Ends it; nothing is written then.</param>
    /// <returns>What the folder's <c>agent.json</c> says.</returns>
    /// <exception cref="ArgumentException">The options cannot be used.</exception>
    /// <exception cref="InvalidOperationException">A network cannot be traced faithfully.</exception>
    /// <exception cref="QuantizationException">Int8 weights are wanted, and the agent cannot have them.</exception>
    /// <exception cref="IOException">The folder could not be written; an old one is untouched.</exception>
    public static Task<AgentManifest> ExportAsync(
        this DreamerTrainer trainer, string folder, AgentExportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(options);
        // One environment that the trainer was given is in the midst of an episode; it is not to be played in.
        return Task.Run(
            () => AgentExporter.Export(folder, trainer.WorldModel, trainer.ActorCritic, Describe(trainer), options, trainer.Factory, cancellationToken),
            cancellationToken);
    }

    /// <summary>Writes the trainer's weights as a safetensors file, which other programs read and new runs can begin with.</summary>
    /// <param name="trainer">The trainer; it must not run meanwhile.</param>
    /// <param name="path">The file to create or replace; it appears whole or not at all.</param>
    /// <exception cref="IOException">It could not be written; an old file is untouched.</exception>
    public static void ExportWeights(this DreamerTrainer trainer, string path)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        WeightsFile.Write(path, trainer.WorldModel, trainer.ActorCritic, new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["algorithm"] = trainer.Options.Algorithm.ToString().ToLowerInvariant(),
            ["environment"] = trainer.Options.Environment,
            ["preset"] = trainer.Options.Preset,
            ["updates"] = trainer.Updates.ToString(CultureInfo.InvariantCulture),
        });
    }

    /// <summary>Compares an exported folder with the trainer's networks, on fresh random inputs.</summary>
    /// <param name="trainer">The trainer that it was exported from.</param>
    /// <param name="folder">The agent folder.</param>
    /// <param name="options">How much is compared, and how strictly.</param>
    /// <exception cref="InvalidAgentException">The folder is missing or damaged.</exception>
    public static ParityReport CheckExport(this DreamerTrainer trainer, string folder, AgentParityOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        return AgentParity.Check(folder, trainer.WorldModel, trainer.ActorCritic, options);
    }

    private static AgentDescription Describe(DreamerTrainer trainer)
    {
        var description = AgentDescription.FromOptions(trainer.Options);
        return description with
        {
            RewardScale = trainer.RewardScale,
            Provenance = description.Provenance with
            {
                Steps = trainer.EnvironmentSteps,
                Updates = trainer.Updates,
                // A score belongs to the weights that earned it: one of earlier weights is not theirs.
                Evaluations = trainer.Evaluation is { } score && score.Updates == trainer.Updates
                    ? [new EvaluationManifest(score.MeanReturn, score.ReturnStd, score.Episodes, EvaluationManifest.Greedy)] : [],
            },
        };
    }
}
