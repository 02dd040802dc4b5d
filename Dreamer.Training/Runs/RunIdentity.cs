using System.Text.Json;
using System.Text.Json.Nodes;
using Dreamer.Training.Checkpoints;
using Dreamer.Training.Environments;
using Dreamer.Training.Options;

namespace Dreamer.Training.Runs;

/// <summary>The settings that may not change between a checkpoint and the run that resumes it.</summary>
internal static class RunIdentity
{
    private const string Entry = "run/identity";

    public static void Save(Checkpoint checkpoint, DreamerOptions options, ObservationSpace observation, ActionSpace actions) =>
        checkpoint.AddJson(Entry, Describe(options, observation, actions), RunJson.Default.JsonObject);

    /// <summary>Throws for a checkpoint of another run.</summary>
    /// <exception cref="InvalidCheckpointException">The checkpoint is of another run; the message lists the differences.</exception>
    public static void Check(Checkpoint checkpoint, DreamerOptions options, ObservationSpace observation, ActionSpace actions)
    {
        var (theirs, ours) = (checkpoint.GetJson(Entry, RunJson.Default.JsonObject), Describe(options, observation, actions));
        var differences = OptionDifferences.Between(theirs, ours)
            // What an older version did not record cannot differ.
            .Where(difference => difference.New != "missing")
            .Select(difference => $"{difference.Path} was {difference.Old} and is {difference.New}")
            .ToArray();
        if (differences.Length > 0)
        {
            throw new InvalidCheckpointException(
                $"'{options.LogDirectory}' holds another run: {string.Join("; ", differences)}. " +
                "Choose another log directory, or restore the old options.");
        }
    }

    private static JsonObject Describe(DreamerOptions options, ObservationSpace observation, ActionSpace actions) => new()
    {
        [nameof(options.Environment)] = options.Environment,
        [nameof(options.Seed)] = options.Seed,
        [nameof(options.EnvironmentCount)] = options.EnvironmentCount,
        [nameof(options.Exploration)] = options.Exploration.Behavior.ToString(),
        [nameof(options.Networks)] = JsonSerializer.SerializeToNode(options.Networks, OptionsJson.Default.NetworkOptions),
        ["Image"] = observation.Image?.ToString(),
        ["VectorSize"] = observation.VectorSize,
        ["Actions"] = actions.IsDiscrete
            ? string.Join(", ", actions.Names)
            : $"{actions.Size} numbers from [{string.Join(", ", actions.Low)}] to [{string.Join(", ", actions.High)}]",
    };
}
