using Dreamer.Inference;

namespace Dreamer.TestSupport;

/// <summary>The graphs of a test agent.</summary>
public static class TestGraphs
{
    public static OnnxGraph Encoder(Random random, ImageShape? image, int vector, LatentManifest latent)
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

    public static OnnxGraph Observe(Random random, ActionManifest action, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.PrevLatent, latent.Size);
        var previous = graph.Input(TensorNames.PrevAction, action.Size);
        var keep = graph.Node("Sub", [graph.Scalar(1), graph.Input(TensorNames.IsFirst, 1)]);
        var embedding = graph.Input(TensorNames.Embedding, latent.Embedding);
        var noise = graph.Input(TensorNames.StochNoise, latent.StochSize);
        var deter = Deter(graph, graph.Node("Mul", [state, keep]), graph.Node("Mul", [previous, keep]), action, latent);
        var posterior = Stats(graph, graph.Concat(deter, embedding), latent.Deter + latent.Embedding, latent);
        graph.Output(TensorNames.Latent, Latent(graph, posterior, noise, deter, latent), latent.Size);
        graph.Output(latent.PosteriorTensor, posterior, latent.StatsSize);
        return graph;
    }

    public static OnnxGraph Imagine(Random random, ActionManifest action, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.PrevLatent, latent.Size);
        var previous = graph.Input(TensorNames.PrevAction, action.Size);
        var noise = graph.Input(TensorNames.StochNoise, latent.StochSize);
        var deter = Deter(graph, state, previous, action, latent);
        var prior = Stats(graph, deter, latent.Deter, latent);
        graph.Output(TensorNames.Latent, Latent(graph, prior, noise, deter, latent), latent.Size);
        graph.Output(latent.PriorTensor, prior, latent.StatsSize);
        return graph;
    }

    public static OnnxGraph Surprise(Random random, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.Latent, latent.Size);
        var posterior = graph.Input(latent.PosteriorTensor, latent.StatsSize);
        var prior = Stats(graph, Slice(graph, state, latent.StochSize, latent.Size), latent.Deter, latent);
        var flat = latent.Kind == LatentManifest.Gaussian ? GaussianKl(graph, posterior, prior, latent) : CategoricalKl(graph, posterior, prior, latent);
        graph.Output(latent.PriorTensor, prior, latent.StatsSize);
        graph.Output(TensorNames.Kl, graph.Node("ReduceSum", [flat, graph.Integers(1)], ("keepdims", 1L)), 1);
        return graph;
    }

    private static string GaussianKl(OnnxGraph graph, string posterior, string prior, LatentManifest latent)
    {
        string Part(string stats, int part) => Slice(graph, stats, part * latent.Stoch, (part + 1) * latent.Stoch);
        var ratio = graph.Node("Div", [Part(posterior, 1), Part(prior, 1)]);
        var distance = graph.Node("Div", [graph.Node("Sub", [Part(posterior, 0), Part(prior, 0)]), Part(prior, 1)]);
        var squares = graph.Node("Add", [graph.Node("Mul", [ratio, ratio]), graph.Node("Mul", [distance, distance])]);
        var half = graph.Node("Mul", [graph.Node("Sub", [squares, graph.Scalar(1)]), graph.Scalar(0.5f)]);
        return graph.Node("Sub", [half, graph.Node("Log", [ratio])]);
    }

    private static string CategoricalKl(OnnxGraph graph, string posterior, string prior, LatentManifest latent)
    {
        string Rows(string value) => graph.Node("Reshape", [value, graph.Integers(-1, latent.Stoch, latent.Classes)]);
        var (log, probability) = (graph.Node("LogSoftmax", [Rows(posterior)], ("axis", -1L)), graph.Node("Softmax", [Rows(posterior)], ("axis", -1L)));
        var difference = graph.Node("Sub", [log, graph.Node("LogSoftmax", [Rows(prior)], ("axis", -1L))]);
        return graph.Node("Flatten", [graph.Node("Mul", [probability, difference])], ("axis", 1L));
    }

    public static OnnxGraph Policy(Random random, ActionManifest action, LatentManifest latent)
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
            graph.Output(TensorNames.Mean, mean, action.Size);
            graph.Output(TensorNames.Std, graph.Node("Exp", [mean]), action.Size);
        }
        return graph;
    }

    public static OnnxGraph Heads(Random random, LatentManifest latent)
    {
        var graph = new OnnxGraph(random);
        var state = graph.Input(TensorNames.Latent, latent.Size);
        graph.Output(TensorNames.Reward, graph.Dense(state, latent.Size, 1), 1);
        graph.Output(TensorNames.Discount, graph.Node("Sigmoid", [graph.Dense(state, latent.Size, 1)]), 1);
        graph.Output(TensorNames.Value, graph.Dense(state, latent.Size, 1), 1);
        return graph;
    }

    public static OnnxGraph Decoder(Random random, ImageShape? image, int vector, LatentManifest latent)
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

    private static string Stats(OnnxGraph graph, string value, int size, LatentManifest latent) => latent.Kind == LatentManifest.Gaussian
        ? graph.Concat(graph.Dense(value, size, latent.Stoch), graph.Node("Softplus", [graph.Dense(value, size, latent.Stoch)]))
        : graph.Dense(value, size, latent.StochSize);

    private static string Latent(OnnxGraph graph, string stats, string noise, string deter, LatentManifest latent)
    {
        if (latent.Kind != LatentManifest.Gaussian)
        {
            return graph.Concat(graph.OneHotOfLargest(graph.Node("Add", [stats, graph.Gumbel(noise)]), latent.Stoch, latent.Classes), deter);
        }
        // Uniform in place of normal noise: what matters here is that there is noise, and that 0.5 is none.
        var spread = graph.Node("Mul", [Slice(graph, stats, latent.Stoch, 2 * latent.Stoch), graph.Node("Sub", [noise, graph.Scalar(0.5f)])]);
        return graph.Concat(graph.Node("Add", [Slice(graph, stats, 0, latent.Stoch), spread]), deter);
    }

    private static string Slice(OnnxGraph graph, string value, int start, int end) =>
        graph.Node("Slice", [value, graph.Integers(start), graph.Integers(end), graph.Integers(1)]);
}
