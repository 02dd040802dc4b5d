using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Native;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using static TorchSharp.torch;

namespace Dreamer.Training.Export;

/// <summary>Runs the networks in TorchSharp over random observations, to get realistic inputs for every graph.</summary>
internal static class ExampleEpisode
{
    /// <summary>Runs some steps; each starts from TorchSharp's state after the one before.</summary>
    /// <param name="graphs">The graphs, in the order of <see cref="AgentGraphs.CreateAll"/>.</param>
    /// <param name="actions">The action space.</param>
    /// <param name="batch">The number of parallel episodes.</param>
    /// <param name="steps">The steps; in a tenth of the rows a new episode starts.</param>
    /// <param name="random">The source of observations, actions and noise.</param>
    /// <param name="device">The device of the networks.</param>
    /// <returns>One entry per graph and step. The tensors belong to the caller's dispose scope.</returns>
    public static IEnumerable<ExampleStep> Run(
        IReadOnlyList<ExportedGraph> graphs, ActionSpace actions, int batch, int steps, SeededRandom random, Device device)
    {
        var latent = default(Tensor);
        for (var step = 0; step < steps; step++)
        {
            var values = new Dictionary<string, Tensor>(StringComparer.Ordinal);
            foreach (var graph in graphs)
            {
                foreach (var input in graph.Traced.Inputs.Where(input => !values.ContainsKey(input.Name)))
                {
                    values.Add(input.Name, input.Name switch
                    {
                        TensorNames.PrevLatent => latent ?? zeros([batch, input.Size], device: device),
                        TensorNames.PrevAction => ExampleTensors.Actions(batch, actions, random).to(device),
                        TensorNames.IsFirst => ExampleTensors.For(input, batch, random).lt(Scalars.Kept(step == 0 ? 1 : 0.1f))
                            .to_type(ScalarType.Float32).to(device),
                        _ => ExampleTensors.For(input, batch, random).to(device),
                    });
                }
                var example = Evaluate(graph, values);
                // The graphs that advance the episode come first: their outputs are the inputs of the others.
                foreach (var (name, value) in example.Outputs)
                {
                    values.TryAdd(name, value);
                }
                yield return example;
            }
            latent = values[TensorNames.Latent];
        }
    }

    private static ExampleStep Evaluate(ExportedGraph graph, Dictionary<string, Tensor> values)
    {
        using var noGradients = no_grad();
        var inputs = graph.Traced.Inputs.ToDictionary(input => input.Name, input => values[input.Name]);
        var traced = inputs.ToDictionary(input => input.Key, input => Traced.FromTensor(input.Value));
        return new ExampleStep(
            graph,
            inputs,
            [.. graph.Traced.Forward(traced).Select(output => (output.Name, output.Value.Value))],
            graph.UnroundedImage?.Invoke(traced).Value);
    }
}
