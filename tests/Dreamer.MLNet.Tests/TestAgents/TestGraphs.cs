using Dreamer.Inference;

namespace Dreamer.MLNet.Tests.TestAgents;

/// <summary>The graphs of a test agent.</summary>
internal static class TestGraphs
{
    internal static OnnxGraph Encoder(Random random, ImageShape? image, int vector, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var (parts, size) = (new List<string>(), 0);
        if (image is not null)
        {
            var bytes = graph.ByteInput(TensorNames.Image, image.Height, image.Width, image.Channels);
            var scaled = graph.Node("Div", [graph.Node("Cast", [bytes], ("to", 1L)), graph.Scalar(255)]);
            parts.Add(graph.Node("Flatten", [graph.Node("Sub", [scaled, graph.Scalar(0.5f)])], ("axis", 1L)));
            size += image.Size;
        }
        if (vector > 0)
        {
            parts.Add(graph.Input(TensorNames.Vector, vector));
            size += vector;
        }
        graph.Output(TensorNames.Embedding, graph.Node("Tanh", [graph.Dense(graph.Concat([.. parts]), size, latent.Embedding)]), latent.Embedding);
        return graph;
    }

    internal static OnnxGraph Observe(Random random, ActionManifest action, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.PrevLatent, latent.Size);
        var previous = graph.Input(TensorNames.PrevAction, action.Size);
        var keep = graph.Node("Sub", [graph.Scalar(1), graph.Input(TensorNames.IsFirst, 1)]);
        var embedding = graph.Input(TensorNames.Embedding, latent.Embedding);
        var noise = graph.Input(TensorNames.StochNoise, latent.StochSize);
        var deter = Deter(graph, graph.Node("Mul", [state, keep]), graph.Node("Mul", [previous, keep]), action, latent);
        var logits = graph.Dense(graph.Concat(deter, embedding), latent.Deter + latent.Embedding, latent.StochSize);
        graph.Output(TensorNames.Latent, Latent(graph, logits, noise, deter, latent), latent.Size);
        graph.Output(TensorNames.PosteriorLogits, logits, latent.StochSize);
        return graph;
    }

    internal static OnnxGraph Imagine(Random random, ActionManifest action, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.PrevLatent, latent.Size);
        var previous = graph.Input(TensorNames.PrevAction, action.Size);
        var noise = graph.Input(TensorNames.StochNoise, latent.StochSize);
        var deter = Deter(graph, state, previous, action, latent);
        var logits = graph.Dense(deter, latent.Deter, latent.StochSize);
        graph.Output(TensorNames.Latent, Latent(graph, logits, noise, deter, latent), latent.Size);
        graph.Output(TensorNames.PriorLogits, logits, latent.StochSize);
        return graph;
    }

    internal static OnnxGraph Surprise(Random random, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.Latent, latent.Size);
        var posterior = graph.Input(TensorNames.PosteriorLogits, latent.StochSize);
        var deter = graph.Node("Slice", [state, graph.Integers(latent.StochSize), graph.Integers(latent.Size), graph.Integers(1)]);
        var prior = graph.Dense(deter, latent.Deter, latent.StochSize);
        string Rows(string value) => graph.Node("Reshape", [value, graph.Integers(-1, latent.Stoch, latent.Classes)]);
        var (log, probability) = (graph.Node("LogSoftmax", [Rows(posterior)], ("axis", -1L)), graph.Node("Softmax", [Rows(posterior)], ("axis", -1L)));
        var difference = graph.Node("Sub", [log, graph.Node("LogSoftmax", [Rows(prior)], ("axis", -1L))]);
        var flat = graph.Node("Flatten", [graph.Node("Mul", [probability, difference])], ("axis", 1L));
        graph.Output(TensorNames.PriorLogits, prior, latent.StochSize);
        graph.Output(TensorNames.Kl, graph.Node("ReduceSum", [flat, graph.Integers(1)], ("keepdims", 1L)), 1);
        return graph;
    }

    internal static OnnxGraph Policy(Random random, ActionManifest action, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.Latent, latent.Size);
        var noise = graph.Input(TensorNames.ActionNoise, action.Size);
        var values = graph.Dense(state, latent.Size, action.Size);
        if (action.IsDiscrete)
        {
            var sampled = graph.Node("Add", [values, graph.Gumbel(noise)]);
            graph.Output(TensorNames.Action, graph.OneHotOfLargest(sampled, 1, action.Size), action.Size);
            graph.Output(TensorNames.ActionMode, graph.OneHotOfLargest(values, 1, action.Size), action.Size);
            graph.Output(TensorNames.Logits, values, action.Size);
        }
        else
        {
            var mean = graph.Node("Tanh", [values]);
            graph.Output(TensorNames.Action, graph.Node("Add", [mean, graph.Node("Sub", [noise, graph.Scalar(0.5f)])]), action.Size);
            graph.Output(TensorNames.ActionMode, mean, action.Size);
        }
        return graph;
    }

    internal static OnnxGraph Heads(Random random, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.Latent, latent.Size);
        graph.Output(TensorNames.Reward, graph.Dense(state, latent.Size, 1), 1);
        graph.Output(TensorNames.Discount, graph.Node("Sigmoid", [graph.Dense(state, latent.Size, 1)]), 1);
        graph.Output(TensorNames.Value, graph.Dense(state, latent.Size, 1), 1);
        return graph;
    }

    internal static OnnxGraph Decoder(Random random, ImageShape? image, int vector, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.Latent, latent.Size);
        if (image is not null)
        {
            var pixels = graph.Node("Mul", [graph.Node("Sigmoid", [graph.Dense(state, latent.Size, image.Size)]), graph.Scalar(255)]);
            var rows = graph.Node("Reshape", [pixels, graph.Integers(-1, image.Height, image.Width, image.Channels)]);
            graph.ByteOutput(TensorNames.Image, graph.Node("Cast", [graph.Node("Round", [rows])], ("to", 2L)), image.Height, image.Width, image.Channels);
        }
        if (vector > 0)
        {
            graph.Output(TensorNames.Vector, graph.Dense(state, latent.Size, vector), vector);
        }
        return graph;
    }

    private static string Deter(OnnxGraph graph, string state, string previous, ActionManifest action, LatentManifest latent) =>
        graph.Node("Tanh", [graph.Dense(graph.Concat(state, previous), latent.Size + action.Size, latent.Deter)]);

    private static string Latent(OnnxGraph graph, string logits, string noise, string deter, LatentManifest latent) =>
        graph.Concat(graph.OneHotOfLargest(graph.Node("Add", [logits, graph.Gumbel(noise)]), latent.Stoch, latent.Classes), deter);
}
