using System.CommandLine;
using Dreamer.Cli.Rendering;
using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Evaluation;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer play</c>: shows an agent playing in the terminal.</summary>
internal static class PlayCommand
{
    private const int DefaultEpisodes = 3;

    internal static Command Create(IAnsiConsole console)
    {
        var (agent, environment, seed, episodes) =
            (AgentArguments.Agent(), AgentArguments.Environment(), AgentArguments.Seed(), AgentArguments.Episodes(DefaultEpisodes));
        var delay = new Option<int>("--delay") { Description = "Milliseconds per frame.", DefaultValueFactory = _ => 150 };
        var command = new Command("play", "Shows an exported agent playing, frame by frame; prints one line per step if the output is not a terminal.")
        {
            agent, seed, episodes, delay,
        };
        environment.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var loaded = DreamerAgent.Load(parsed.GetRequiredValue(agent));
            var options = new AgentPlayerOptions { Seed = parsed.GetValue(seed), Outputs = AgentOutputs.All | AgentOutputs.Imagination };
            var played = environment.Create(parsed, loaded, options.Seed);
            using var disposed = played as IDisposable;
            using var player = new AgentPlayer(loaded, played, options);
            var pause = TimeSpan.FromMilliseconds(parsed.GetValue(delay));
            var result = await AgentView.ShowAsync(console, loaded.Manifest, view =>
            {
                player.RowPlayed = (row, session) =>
                {
                    view.Show(row, session);
                    if (view.IsLive)
                    {
                        cancellation.WaitHandle.WaitOne(pause);
                    }
                };
                // The player is synchronous; on another thread, Ctrl+C takes effect at once.
                return Task.Run(() => player.Evaluate(parsed.GetValue(episodes), cancellationToken: cancellation), cancellation);
            });
            console.MarkupLineInterpolated($"return {result}");
            return DreamerCommandLine.Success;
        });
        return command;
    }
}
