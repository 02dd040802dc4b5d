using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Dreamer.Training.WorldModel;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Export;

/// <summary>Takes the same observations through TorchSharp and through ONNX Runtime, each from its own state on.</summary>
internal static class FreeRunning
{
    // A class that was sampled otherwise is 1 apart; no rounding error is.
    private const float OtherSample = 0.5f;

    /// <summary>How far the states are apart after some steps, and in which share of the sequences no latent was ever sampled otherwise.</summary>
    public static (double MeanDifference, double EqualSequences) Measure(
        string folder, WorldModelNetworks model, ActorCriticNetworks behavior, int sequences, int steps)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        using var observe = new OnnxSession(File.ReadAllBytes(Path.Combine(folder, "rssm_observe.onnx")));
        var graphs = AgentGraphs.CreateAll(model, behavior).ToDictionary(graph => graph.Traced.Name, StringComparer.Ordinal);
        var (encoder, step) = (graphs[GraphNames.Encoder].Traced, graphs[GraphNames.RssmObserve].Traced);
        var random = new SeededRandom(2);
        var (ours, theirs) = (zeros(sequences, model.Options.LatentSize), zeros(sequences, model.Options.LatentSize));
        var parted = zeros(sequences, ScalarType.Bool);
        for (var i = 0; i < steps; i++)
        {
            using var inner = NewDisposeScope();
            var seen = encoder.Inputs.ToDictionary(input => input.Name, input => (Traced)ExampleTensors.For(input, sequences, random));
            var given = step.Inputs.ToDictionary(input => input.Name, input => input.Name switch
            {
                TensorNames.PrevLatent => ours,
                TensorNames.PrevAction => ExampleTensors.Actions(sequences, model.ActionSpace, random),
                TensorNames.IsFirst => full([sequences, 1], i == 0 ? 1f : 0f),
                TensorNames.Embedding => encoder.Forward(seen)[0].Value.Value,
                _ => ExampleTensors.For(input, sequences, random),
            });
            var expected = step.Forward(given.ToDictionary(one => one.Key, one => (Traced)one.Value))[0].Value.Value;
            given[TensorNames.PrevLatent] = theirs;
            var found = observe.Run(given)[TensorNames.Latent];
            var stoch = (int)model.Options.StochSize;
            var otherwise = (expected.narrow(1, 0, stoch) - found.narrow(1, 0, stoch)).abs().gt(OtherSample).any(1);
            (ours, theirs) = (expected.MoveToOuterDisposeScope(), found.MoveToOuterDisposeScope());
            parted = (parted | otherwise).MoveToOuterDisposeScope();
        }
        return ((ours - theirs).abs().mean().item<float>(), 1 - parted.to_type(ScalarType.Float32).mean().item<float>());
    }
}
