using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Export;

namespace Dreamer.Cli.Commands;

/// <summary>An agent that is loaded from an agent folder, or from a training run, whose newest checkpoint is exported to a passing folder first.</summary>
/// <remarks>One way to act for both: what is evaluated of a run is what its export would do.</remarks>
internal static class AgentOrRun
{
    /// <returns>The agent, which the caller disposes, and the options of the run where it is of one.</returns>
    /// <exception cref="InvalidAgentException">The folder is neither.</exception>
    internal static async Task<(DreamerAgent Agent, DreamerOptions? Run)> LoadAsync(string path, CancellationToken cancellationToken)
    {
        if (!TrainingRun.Exists(path))
        {
            return (DreamerAgent.Load(path), null);
        }
        var folder = Directory.CreateTempSubdirectory("dreamer-agent-").FullName;
        try
        {
            using var trainer = TrainingRun.Open(path);
            await trainer.ExportAsync(folder, new AgentExportOptions { EvaluationEpisodes = 0 }, cancellationToken);
            return (DreamerAgent.Load(folder), trainer.Options);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
