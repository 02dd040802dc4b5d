using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training.Export;
using Dreamer.Training.Runs;
using Dreamer.Training.Telemetry;
using Dreamer.Training.Weights;

namespace Dreamer.Training;

/// <summary>Opens training runs, and exports them.</summary>
public static class TrainingRun
{
    /// <summary>Whether a folder holds a training run.</summary>
    /// <param name="folder">The folder.</param>
    public static bool Exists(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return RunConfig.Exists(folder);
    }

    /// <summary>The options that the run in a folder was last started with.</summary>
    /// <param name="folder">The run's log directory.</param>
    /// <exception cref="FileNotFoundException">The folder has no run.</exception>
    /// <exception cref="InvalidDataException">The run's configuration cannot be read.</exception>
    public static DreamerOptions OptionsOf(string folder)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return RunConfig.Read(folder);
    }

    /// <summary>Opens the run in a folder at its newest valid checkpoint.</summary>
    /// <param name="folder">The run's log directory.</param>
    /// <param name="observer">Receives the events of the run.</param>
    /// <returns>The trainer; the caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">
    /// The folder has no run, the run has no checkpoint, or the assembly of its environment is missing.
    /// </exception>
    /// <exception cref="InvalidDataException">The run's configuration cannot be read.</exception>
    /// <exception cref="Checkpoints.InvalidCheckpointException">The checkpoint is not of that configuration.</exception>
    public static DreamerTrainer Open(string folder, ITrainingObserver? observer = null) => Open(folder, static options => options, observer);

    /// <summary>Opens the run in a folder at its newest valid checkpoint, with other options: for example with the new path of its environment's assembly.</summary>
    /// <param name="folder">The run's log directory.</param>
    /// <param name="change">Changes the options that the run was last started with.</param>
    /// <param name="observer">Receives the events of the run.</param>
    /// <returns>The trainer; the caller disposes it.</returns>
    /// <inheritdoc cref="Open(string, ITrainingObserver?)" path="/exception"/>
    public static DreamerTrainer Open(string folder, Func<DreamerOptions, DreamerOptions> change, ITrainingObserver? observer = null)
    {
        ArgumentNullException.ThrowIfNull(change);
        // This machine may not have the device that the run was trained on.
        var trainer = new DreamerTrainer(change(OptionsOf(folder) with { Device = "auto" }), observer);
        if (!trainer.Restore())
        {
            trainer.Dispose();
            throw new FileNotFoundException($"The run in '{folder}' has no checkpoint yet.", folder);
        }
        return trainer;
    }

    /// <summary>Exports the trainer's networks as an agent folder, and plays the exported agent for the scores in it.</summary>
    /// <param name="trainer">The trainer; it must not be running.</param>
    /// <param name="folder">The folder to create or replace; it is replaced as a whole.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is written.</param>
    /// <returns>The folder's <c>agent.json</c>.</returns>
    /// <exception cref="InvalidOperationException">A network cannot be traced faithfully.</exception>
    /// <exception cref="IOException">The folder could not be written; an existing one is unchanged.</exception>
    public static Task<AgentManifest> ExportAsync(this DreamerTrainer trainer, string folder, CancellationToken cancellationToken = default) =>
        trainer.ExportAsync(folder, new AgentExportOptions(), cancellationToken);

    /// <summary>Exports the trainer's networks as an agent folder.</summary>
    /// <param name="trainer">The trainer; it must not be running.</param>
    /// <param name="folder">The folder to create or replace; it is replaced as a whole.</param>
    /// <param name="options">The contents of the export, and its evaluation.</param>
    /// <param name="cancellationToken">Cancels it; then nothing is written.</param>
    /// <returns>The folder's <c>agent.json</c>.</returns>
    /// <exception cref="ArgumentException">The options are invalid.</exception>
    /// <exception cref="InvalidOperationException">A network cannot be traced faithfully.</exception>
    /// <exception cref="QuantizationException">Int8 weights are requested, but the agent cannot have them.</exception>
    /// <exception cref="IOException">The folder could not be written; an existing one is unchanged.</exception>
    public static Task<AgentManifest> ExportAsync(
        this DreamerTrainer trainer, string folder, AgentExportOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainer);
        ArgumentNullException.ThrowIfNull(options);
        // Without a factory, the trainer's only environment is in the middle of an episode and cannot be used.
        return Task.Run(
            () => AgentExporter.Export(folder, trainer.WorldModel, trainer.ActorCritic, Describe(trainer), options, trainer.Factory, cancellationToken),
            cancellationToken);
    }

    /// <summary>Writes the trainer's weights as a safetensors file, for other programs and for new runs.</summary>
    /// <param name="trainer">The trainer; it must not be running.</param>
    /// <param name="path">The file to create or replace; it is written atomically.</param>
    /// <exception cref="IOException">It could not be written; an existing file is unchanged.</exception>
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
    /// <param name="options">The size and the tolerance of the comparison.</param>
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
                // A score of earlier weights is not theirs.
                Evaluations = trainer.Evaluation is { } score && score.Updates == trainer.Updates
                    ? [new EvaluationManifest(score.MeanReturn, score.ReturnStd, score.Episodes, EvaluationManifest.Greedy)] : [],
            },
        };
    }
}
