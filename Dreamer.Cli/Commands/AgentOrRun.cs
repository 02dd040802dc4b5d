using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Export;

namespace Dreamer.Cli.Commands;

/// <summary>Loads an agent from an agent folder or from a training run, whose newest checkpoint is first exported to a temporary folder.</summary>
/// <remarks>Both are played the same way, so evaluating a run gives the same result as evaluating its export.</remarks>
internal static class AgentOrRun
{
    /// <param name="path">An agent folder, or the folder of a run.</param>
    /// <param name="change">Changes the options of a run, for example the path of its environment's assembly.</param>
    /// <param name="cancellationToken">Cancels the export.</param>
    /// <returns>The agent, owned by the caller, and the run's options, or null if the path is an agent folder.</returns>
    /// <exception cref="InvalidAgentException">The folder is neither an agent nor a training run.</exception>
    internal static async Task<(DreamerAgent Agent, DreamerOptions? Run)> LoadAsync(
        string path, Func<DreamerOptions, DreamerOptions> change, CancellationToken cancellationToken)
    {
        if (!TrainingRun.Exists(path))
        {
            return (DreamerAgent.Load(path), null);
        }
        var folder = Directory.CreateTempSubdirectory("dreamer-agent-").FullName;
        try
        {
            using var trainer = TrainingRun.Open(path, change);
            await trainer.ExportAsync(folder, new AgentExportOptions { EvaluationEpisodes = 0 }, cancellationToken);
            return (DreamerAgent.Load(folder), trainer.Options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
