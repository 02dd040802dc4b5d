using System.CommandLine;
using Dreamer.Cli.Rendering;
using Dreamer.Training;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer train</c>: a training run, resumed by the same command.</summary>
internal static class TrainCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var preset = PresetArguments.Preset();
        var environment = new Option<string?>("--env") { Description = "The environment; by default the preset's." };
        var run = new Option<string>("--logdir") { Description = "The folder of the run: checkpoints, metrics, episodes. Used again, the run resumes.", Required = true };
        var seed = AgentArguments.Seed();
        var updates = new Option<long?>("--updates") { Description = "Updates at most; by default the preset's." };
        var device = new Option<string?>("--device") { Description = "Where to train: auto, cpu or cuda:N; by default the preset's, which is auto." };
        var command = new Command("train", "Trains an agent.") { preset, environment, run, seed, updates, device };
        command.SetAction(async (parsed, cancellation) =>
        {
            var chosen = PresetArguments.Find(parsed.GetRequiredValue(preset));
            var options = chosen with
            {
                Environment = parsed.GetValue(environment) ?? chosen.Environment,
                LogDirectory = Path.GetFullPath(parsed.GetRequiredValue(run)),
                Seed = parsed.GetValue(seed),
                MaxUpdates = parsed.GetValue(updates) ?? chosen.MaxUpdates,
                Device = parsed.GetValue(device) ?? chosen.Device,
            };
            var result = await TrainingView.ShowAsync(console, async observer =>
            {
                using var trainer = new DreamerTrainer(options, observer);
                return await trainer.RunAsync(cancellation);
            });
            console.MarkupLineInterpolated($"{result.Reason}: {result.Updates} updates, {result.EnvironmentSteps} environment steps, {result.Elapsed:hh\\:mm\\:ss}");
            cancellation.ThrowIfCancellationRequested();
            return options.Evaluation.TargetReturn is null || result.Reason == StopReason.TargetReached
                ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }
}
