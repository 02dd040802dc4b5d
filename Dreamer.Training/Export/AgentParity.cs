using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Native;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>Compares an exported agent folder in ONNX Runtime with the original networks in TorchSharp.</summary>
/// <remarks>
/// Both get the same random inputs. Every step starts from TorchSharp's state after the previous step, so that differences
/// do not accumulate, and a tie that is broken differently does not change the following steps.
/// </remarks>
internal static class AgentParity
{
    /// <summary>Compares every output of every graph.</summary>
    /// <exception cref="InvalidAgentException">The folder is missing, damaged, or lacks a graph.</exception>
    public static ParityReport Check(
        string folder, WorldModelNetworks model, ActorCriticNetworks behavior, AgentParityOptions? options = null)
    {
        options ??= new AgentParityOptions();
        using var agent = DreamerAgent.Load(folder);
        var graphs = AgentGraphs.CreateAll(model, behavior);
        var sessions = new Dictionary<string, OnnxSession>(StringComparer.Ordinal);
        try
        {
            foreach (var graph in graphs)
            {
                using var handle = agent.OpenGraph(graph.Traced.Name);
                sessions.Add(graph.Traced.Name, new OnnxSession(handle.Bytes.ToArray()));
            }
            return Compare(graphs, sessions, model, options);
        }
        finally
        {
            foreach (var session in sessions.Values)
            {
                session.Dispose();
            }
        }
    }

    private static ParityReport Compare(
        IReadOnlyList<ExportedGraph> graphs, Dictionary<string, OnnxSession> sessions, WorldModelNetworks model, AgentParityOptions options)
    {
        var random = new SeededRandom(options.Seed);
        var device = model.parameters().First().device;
        var outputs = new Dictionary<(string Graph, string Output), OutputParity>();
        foreach (var batch in options.BatchSizes)
        {
            using var scope = NewDisposeScope();
            foreach (var step in ExampleEpisode.Run(graphs, model.ActionSpace, batch, options.Steps, random, device))
            {
                var found = sessions[step.Graph.Traced.Name].Run(step.Inputs);
                foreach (var (name, expected) in step.Outputs)
                {
                    var parity = ParityOf(step, name, expected.cpu(), found[name], options.TieMargin);
                    var key = (parity.Graph, name);
                    outputs[key] = outputs.TryGetValue(key, out var soFar) ? Sum(soFar, parity) : parity;
                }
            }
        }
        return new ParityReport([.. outputs.Values], options.Tolerance);
    }

    private static OutputParity ParityOf(ExampleStep step, string name, Tensor expected, Tensor found, double tieMargin)
    {
        var graph = step.Graph.Traced.Name;
        if (step.Graph.Samples.FirstOrDefault(sample => sample.Output == name) is { } sampled)
        {
            var (samples, differing, ties) = CompareSamples(step, sampled, expected, found, tieMargin);
            var size = sampled.Distribution.Size;
            var rest = expected.shape[1] - size;
            var (largest, scaled) = rest == 0 ? (0, 0) : Differences(expected.narrow(1, size, rest), found.narrow(1, size, rest));
            return new OutputParity(graph, name, largest, samples, differing, ties) { MaxScaledDifference = scaled };
        }
        if (expected.dtype == ScalarType.Byte)
        {
            var unrounded = Traced.FromTensor(step.UnroundedImage!.cpu()).Clamp(-0.5f, 0.5f);
            var (difference, _) = Differences(unrounded, Pixels.Normalize(found));
            return new OutputParity(graph, name, Math.Max(0, difference - 0.5 / 255), 0, 0, 0);
        }
        var (absolute, relative) = Differences(expected, found);
        return new OutputParity(graph, name, absolute, 0, 0, 0) { MaxScaledDifference = relative };
    }

    private static (long Samples, long Differing, long Ties) CompareSamples(
        ExampleStep step, SampledOutput sampled, Tensor expected, Tensor found, double tieMargin)
    {
        var (rows, classes) = (sampled.Distribution.Rows, sampled.Distribution.Classes);
        var logits = step.Outputs.Single(output => output.Name == sampled.Logits).Value.cpu();
        var candidates = sampled.Noise is null ? logits : logits - (-step.Inputs[sampled.Noise].cpu().log()).log();
        var best = candidates.reshape(-1, rows, classes).topk(2, 2).values;
        var isTie = (best.select(2, 0) - best.select(2, 1)).le(Scalars.Kept((float)tieMargin));
        var differs = ByRow(expected).ne(ByRow(found)).any(2);
        return (differs.numel(), Count(differs & ~isTie), Count(differs & isTie));

        Tensor ByRow(Tensor output) => output.narrow(1, 0, sampled.Distribution.Size).reshape(-1, rows, classes);

        static long Count(Tensor flags) => flags.sum().item<long>();
    }

    private static (double Absolute, double Scaled) Differences(Tensor expected, Tensor found)
    {
        var difference = (expected - found).abs();
        return (Largest(difference), Largest(difference / expected.abs().clamp_min(Scalars.One)));

        // NaN on either side must not pass.
        static double Largest(Tensor values) => values.max().item<float>() is var largest && float.IsNaN(largest) ? double.PositiveInfinity : largest;
    }

    private static OutputParity Sum(OutputParity one, OutputParity two) => one with
    {
        MaxAbsDifference = Math.Max(one.MaxAbsDifference, two.MaxAbsDifference),
        MaxScaledDifference = Math.Max(one.MaxScaledDifference, two.MaxScaledDifference),
        Samples = one.Samples + two.Samples,
        DifferingSamples = one.DifferingSamples + two.DifferingSamples,
        DifferingTies = one.DifferingTies + two.DifferingTies,
    };
}
