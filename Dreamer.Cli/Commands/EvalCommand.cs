using System.CommandLine;
using Dreamer.Inference;
using Dreamer.Training.Evaluation;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer eval</c>: prints the return of an agent or of a run's newest checkpoint.</summary>
internal static class EvalCommand
{
    private const int DefaultEpisodes = 100;

    internal static Command Create(IAnsiConsole console)
    {
        var (agent, environment, seed, episodes) = (
            AgentArguments.AgentOrRun(),
            AgentArguments.Environment(),
            AgentArguments.Seed(),
            AgentArguments.Episodes(DefaultEpisodes));
        var sample = new Option<bool>("--sample") { Description = "Sample actions from the policy; by default the most likely action is taken." };
        var steps = AgentArguments.AtLeastOne(
            new("--max-steps") { Description = "The most steps of an episode, which is then cut.", DefaultValueFactory = _ => new AgentPlayerOptions().MaxSteps });
        var command = new Command("eval", "Plays episodes with an exported agent or a run's newest checkpoint, and prints the return.") { agent, seed, episodes, sample, steps };
        environment.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (loaded, run) = await AgentOrRun.LoadAsync(parsed.GetRequiredValue(agent), options => environment.Choose(parsed, options), cancellation);
            using var owned = loaded;
            var options = new AgentPlayerOptions
            {
                Seed = parsed.GetValue(seed),
                MaxSteps = parsed.GetValue(steps),
                ActionSelection = parsed.GetValue(sample) ? ActionSelection.Sampled : ActionSelection.Greedy,
            };
            var played = environment.Create(parsed, loaded, options.Seed, run);
            using var disposed = played as IDisposable;
            using var player = new AgentPlayer(loaded, played, options);
            var result = player.Evaluate(parsed.GetValue(episodes), cancellationToken: cancellation);
            console.MarkupLineInterpolated($"return {result}");
            return DreamerCommandLine.Success;
        });
        return command;
    }
}
