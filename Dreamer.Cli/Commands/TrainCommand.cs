using System.CommandLine;
using Dreamer.Cli.Rendering;
using Dreamer.Training;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer train</c>: starts a training run or resumes one.</summary>
internal static class TrainCommand
{
    private const ulong DefaultSeed = 1;

    internal static Command Create(IAnsiConsole console)
    {
        var preset = new PresetArguments();
        var environment = new EnvironmentArguments("the preset's");
        var run = new Option<string>("--logdir") 
        {
            Description = "The folder for the run's checkpoints, metrics and episodes. If it holds a run, that run resumes with its own options; what the command line changes is listed.",
            Required = true,
        };
        var seed = new Option<ulong?>("--seed") { Description = $"The seed of all random choices; by default the preset's, or {DefaultSeed} if that is 0." };
        var updates = new Option<long?>("--updates") { Description = "The maximum number of updates; by default the preset's." };
        var environments = new Option<int?>("--envs") { Description = "The number of environments to play in parallel; by default the preset's." };
        var replay = new Option<string?>("--replay") { Description = "A folder of recorded episodes (.npz), or one file, to fill a new run's replay with." };
        var strict = new Option<bool>("--strict") { Description = "Stop if a file of --replay cannot be used; by default such files are left out, counted and named." };
        var recording = new RecordingArguments();
        var init = new Option<string?>("--init") { Description = "A weights file (.safetensors, from export --weights) to start a new run from." };
        var device = new Option<string?>("--device") { Description = "The device to train on: auto, cpu or cuda:N; by default the preset's, which is auto." };
        var set = new Option<string[]>("--set")
        {
            Description = "Changes an option of the preset, such as WorldModel.KlScale=0.1; an unknown path lists the valid ones.",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("train", "Trains an agent, or resumes training.") { run, seed, updates, environments, replay, strict, init, device, set };
        preset.AddTo(command);
        environment.AddTo(command);
        recording.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Path.GetFullPath(parsed.GetRequiredValue(run));
            var isResumed = TrainingRun.Exists(folder);
            var chosen = isResumed ? preset.Resume(parsed, TrainingRun.OptionsOf(folder)) : preset.Read(parsed);
            var named = environment.Choose(parsed, chosen) with
            {
                EnvironmentCount = parsed.GetValue(environments) ?? chosen.EnvironmentCount,
                LogDirectory = folder,
                Seed = parsed.GetValue(seed) ?? (isResumed || chosen.Seed != 0 ? chosen.Seed : DefaultSeed),
                MaxUpdates = parsed.GetValue(updates) ?? chosen.MaxUpdates,
                Device = parsed.GetValue(device) ?? chosen.Device,
                InitialWeights = parsed.GetValue(init) is { } weights ? Path.GetFullPath(weights) : chosen.InitialWeights,
                Replay = chosen.Replay with
                {
                    StartingEpisodes = parsed.GetValue(replay) is { } given ? Path.GetFullPath(given) : chosen.Replay.StartingEpisodes,
                    RequireAllStartingEpisodes = parsed.GetValue(strict) || chosen.Replay.RequireAllStartingEpisodes,
                    ActionTiming = recording.ActionTiming(parsed) ?? chosen.Replay.ActionTiming,
                    RewardTiming = recording.RewardTiming(parsed) ?? chosen.Replay.RewardTiming,
                },
            };
            var options = OptionOverrides.Apply(named, parsed.GetRequiredValue(set));
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
