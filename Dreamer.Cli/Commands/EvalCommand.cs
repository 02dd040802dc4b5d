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
        var command = new Command("eval", "Plays episodes with an exported agent or a run's newest checkpoint, and prints the return.") { agent, seed, episodes, sample };
        environment.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var (loaded, run) = await AgentOrRun.LoadAsync(parsed.GetRequiredValue(agent), options => environment.Choose(parsed, options), cancellation);
            using var owned = loaded;
            var options = new AgentPlayerOptions
            {
                Seed = parsed.GetValue(seed),
                ActionSelection = parsed.GetValue(sample) ? ActionSelection.Sampled : ActionSelection.Greedy,
            };
            using var player = new AgentPlayer(loaded, environment.Create(parsed, loaded, options.Seed, run), options);
            var result = player.Evaluate(parsed.GetValue(episodes), cancellationToken: cancellation);
            console.MarkupLineInterpolated($"return {result}");
            return DreamerCommandLine.Success;
        });
        return command;
    }
}
