namespace Dreamer.Inference;

/// <summary>The inputs and outputs of each graph, derived from the agent's sizes.</summary>
internal static class GraphContract
{
    /// <summary>The errors in the graphs of a manifest whose sizes are valid; graphs with unknown names are ignored.</summary>
    internal static IEnumerable<string> Errors(AgentManifest manifest)
    {
        foreach (var graph in manifest.Graphs.Concat(manifest.Int8Graphs))
        {
            var (inputs, outputs) = ExpectedTensors(graph.Name, manifest);
            foreach (var error in Differences(graph, "input", inputs, graph.Inputs).Concat(Differences(graph, "output", outputs, graph.Outputs)))
            {
                yield return error;
            }
        }
    }

    private static IEnumerable<string> Differences(
        GraphManifest graph, string kind, IReadOnlyList<TensorManifest>? expected, IReadOnlyList<TensorManifest> found)
    {
        if (expected is not null && !Texts(expected).SequenceEqual(Texts(found), StringComparer.Ordinal))
        {
            yield return $"graph '{graph.Name}' has the {kind}s {string.Join(", ", Texts(found))}; {string.Join(", ", Texts(expected))} are expected.";
        }
    }

    private static IEnumerable<string> Texts(IReadOnlyList<TensorManifest> tensors) =>
        tensors.Select(tensor => $"{tensor.Name} {tensor.Type} [{string.Join(", ", tensor.Sides)}]").Order(StringComparer.Ordinal);

    private static (IReadOnlyList<TensorManifest>? Inputs, IReadOnlyList<TensorManifest>? Outputs) ExpectedTensors(string graph, AgentManifest manifest)
    {
        var (state, actions) = (manifest.Latent, manifest.Action.Size);
        TensorManifest[] observations = [.. manifest.Observations.Select(observation => new TensorManifest(observation.Key, observation.Type, observation.Shape))];
        var latent = Float(TensorNames.Latent, state.Size);
        var before = Float(TensorNames.PrevLatent, state.Size);
        var action = Float(TensorNames.PrevAction, actions);
        var embedding = Float(TensorNames.Embedding, state.Embedding);
        var noise = Float(TensorNames.StochNoise, state.StochSize);
        var posterior = Float(state.PosteriorTensor, state.StatsSize);
        var prior = Float(state.PriorTensor, state.StatsSize);
        return graph switch
        {
            GraphNames.Encoder => (observations, [embedding]),
            GraphNames.RssmObserve => ([before, action, Float(TensorNames.IsFirst, 1), embedding, noise], [latent, posterior]),
            GraphNames.Surprise => ([latent, posterior], [prior, Float(TensorNames.Kl, 1)]),
            GraphNames.RssmImagine => ([before, action, noise], [latent, prior]),
            GraphNames.Policy => (
                [latent, Float(TensorNames.ActionNoise, actions)],
                [
                    Float(TensorNames.Action, actions), Float(TensorNames.ActionMode, actions),
                    .. manifest.Action.IsDiscrete
                        ? [Float(TensorNames.Logits, actions)] : (TensorManifest[])[Float(TensorNames.Mean, actions), Float(TensorNames.Std, actions)],
                ]),
            GraphNames.Heads => ([latent], [Float(TensorNames.Reward, 1), Float(TensorNames.Discount, 1), Float(TensorNames.Value, 1)]),
            GraphNames.Decoder => ([latent], observations),
            GraphNames.Rollout => (
                [latent, Steps(TensorNames.RolloutActionNoise, actions), Steps(TensorNames.RolloutStochNoise, state.StochSize)],
                [
                    Steps(TensorNames.RolloutActions, actions), Steps(TensorNames.RolloutRewards), Steps(TensorNames.RolloutDiscounts),
                    Steps(TensorNames.RolloutValues), Float(TensorNames.RolloutReturn, 1),
                ]),
            _ => (null, null),
        };
    }

    private static TensorManifest Float(string name, int size) => new(name, "float32", [size]);

    private static TensorManifest Steps(string name, params int[] size) => new(name, "float32", [TensorManifest.Horizon, .. size]);
}
