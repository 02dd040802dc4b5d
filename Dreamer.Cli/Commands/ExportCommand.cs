using System.CommandLine;
using Dreamer.Cli.Rendering;
using Dreamer.Inference;
using Dreamer.Training;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Spectre.Console;

namespace Dreamer.Cli.Commands;

/// <summary><c>dreamer export</c>: writes a run's newest checkpoint, or a preset's untrained networks, as an agent folder.</summary>
internal static class ExportCommand
{
    internal static Command Create(IAnsiConsole console)
    {
        var run = new Argument<string?>("run") { Description = "The folder of a training run; leave it out with --preset.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<string?>("--out") { Description = "The agent folder to write." };
        var weights = new Option<string?>("--weights") { Description = "A .safetensors file to write the run's weights to, for other programs and for train --init." };
        var episodes = new Option<int>("--episodes")
        {
            Description = "The number of episodes for the scores in the agent folder, played once with greedy and once with sampled actions; 0 for none.",
            DefaultValueFactory = _ => new AgentExportOptions().EvaluationEpisodes,
        };
        var quantize = new Option<string?>("--quantize") { Description = "Also write graphs with int8 weights and measure how far they deviate; allowed: int8." };
        quantize.AcceptOnlyFromAmong("int8");
        var rollout = new Option<bool>("--rollout") { Description = "Also write rollout.onnx, the whole imagined rollout as one graph." };
        var preset = new PresetArguments(isOptional: true);
        var environment = new EnvironmentArguments("the run's");
        var (image, vector, actions) = (SpaceArguments.ImageOption(), SpaceArguments.VectorOption(), SpaceArguments.ActionsOption());
        var command = new Command(
            "export", "Exports a run's newest checkpoint as ONNX graphs, scores them and compares them with TorchSharp. With --preset, exports untrained networks, to measure their cost before training.")
        {
            run, output, weights, episodes, quantize, rollout, image, vector, actions,
        };
        preset.AddTo(command);
        environment.AddPluginTo(command);
        command.Validators.Add(result =>
        {
            if (result.GetValue(run) is null != preset.IsGiven(result))
            {
                result.AddError("Name what to export: either a run or --preset.");
            }
            if (result.GetValue(output) is null && (result.GetValue(weights) is null || result.GetValue(run) is null))
            {
                result.AddError("Name the output: --out, or --weights with a run, or both.");
            }
        });
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new AgentExportOptions
            {
                EvaluationEpisodes = parsed.GetValue(episodes), Quantize = parsed.GetValue(quantize) is not null, Rollout = parsed.GetValue(rollout),
            };
            using var trainer = parsed.GetValue(run) is { } path ? TrainingRun.Open(path, chosen => environment.Choose(parsed, chosen)) : null;
            if (parsed.GetValue(weights) is { } file && trainer is not null)
            {
                trainer.ExportWeights(Path.GetFullPath(file));
                console.MarkupLineInterpolated($"weights: {Path.GetFullPath(file)}");
            }
            if (parsed.GetValue(output) is not { } given)
            {
                return DreamerCommandLine.Success;
            }
            var folder = Path.GetFullPath(given);
            var (manifest, parity) = trainer is not null
                ? (await trainer.ExportAsync(folder, options, cancellation), trainer.CheckExport(folder))
                : ExportUntrained(
                    preset.Read(parsed),
                    chosen => SpaceArguments.Resolve(chosen, parsed.GetValue(image), parsed.GetValue(vector), parsed.GetValue(actions)),
                    folder,
                    options,
                    cancellation);
            ParityTable.Write(console, parity);
            foreach (var score in manifest.Provenance.Evaluations)
            {
                console.MarkupLineInterpolated($"  {score}");
            }
            if (manifest.Quantization is { } quantization)
            {
                console.MarkupLineInterpolated($"  int8: {quantization}");
            }
            console.MarkupLineInterpolated($"agent: {folder}");
            return parity.Passed ? DreamerCommandLine.Success : DreamerCommandLine.Failure;
        });
        return command;
    }

    private static (AgentManifest Manifest, ParityReport Parity) ExportUntrained(
        DreamerOptions preset,
        Func<DreamerOptions, (ObservationSpace Observation, ActionSpace Actions)> spaces,
        string folder,
        AgentExportOptions options,
        CancellationToken cancellationToken)
    {
        var (observation, actions) = spaces(preset);
        using var agent = new UntrainedAgent(preset, observation, actions);
        return (agent.Export(folder, options, cancellationToken), agent.CheckExport(folder));
    }
}
