namespace Dreamer.Inference.Tests.Agents;

/// <summary>The manifest of an agent that has no graphs yet.</summary>
internal static class TestManifest
{
    internal static AgentManifest Create(params IReadOnlyList<GraphManifest> graphs) => new()
    {
        Name = "test",
        Algorithm = "dreamerv2",
        Preset = "debug",
        Observations = [new(TensorNames.Image, "uint8", [10, 5, 1]), new(TensorNames.Vector, "float32", [4])],
        Action = new() { Kind = ActionManifest.Discrete, Size = 2, Names = ["left", "right"] },
        Latent = new(LatentManifest.Categorical, Deter: 8, Stoch: 3, Classes: 4, Embedding: 5),
        Heads = new(ValueIncludesReward: true, RewardTransform: "identity", Discount: "predicted", Gamma: 0.99),
        Graphs = graphs,
        Provenance = new() { Environment = "none", Steps = 0, Updates = 0, Seed = 0, Evaluations = [new(0.5, 0.25, 10, EvaluationManifest.Greedy)] },
    };
}
