namespace Dreamer.Inference;

/// <summary>The graphs of an agent folder; each is stored in a file of the same name with the extension <c>.onnx</c>.</summary>
public static class GraphNames
{
    /// <summary>Observation to embedding.</summary>
    public const string Encoder = "encoder";

    /// <summary>One filtering step: from previous latent, action and embedding to the posterior latent.</summary>
    public const string RssmObserve = "rssm_observe";

    /// <summary>KL of the posterior from the prior; only callers that ask for surprise pay for it.</summary>
    public const string Surprise = "surprise";

    /// <summary>One imagined step: previous latent and action to a latent sampled from the prior.</summary>
    public const string RssmImagine = "rssm_imagine";

    /// <summary>Latent to action.</summary>
    public const string Policy = "policy";

    /// <summary>Latent to reward, discount and value.</summary>
    public const string Heads = "heads";

    /// <summary>Latent to observation.</summary>
    public const string Decoder = "decoder";

    /// <summary>Optional: a whole imagination, from a latent through as many steps as it gets noise for.</summary>
    public const string Rollout = "rollout";

    /// <summary>Every graph of a complete agent, in the order in which they run.</summary>
    public static IReadOnlyList<string> All { get; } = [Encoder, RssmObserve, Surprise, RssmImagine, Policy, Heads, Decoder];
}
