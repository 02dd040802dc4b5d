namespace Dreamer.Inference;

/// <summary>The graphs of an agent folder; each lies in the file of its name with the ending <c>.onnx</c>.</summary>
public static class GraphNames
{
    /// <summary>Observation to embedding.</summary>
    public const string Encoder = "encoder";

    /// <summary>One filtering step: previous latent, action, embedding to the posterior latent.</summary>
    public const string RssmObserve = "rssm_observe";

    /// <summary>How far the posterior is from the prior: what only those pay who ask for surprise.</summary>
    public const string Surprise = "surprise";

    /// <summary>One imagined step: previous latent and action to a latent sampled from the prior.</summary>
    public const string RssmImagine = "rssm_imagine";

    /// <summary>Latent to action.</summary>
    public const string Policy = "policy";

    /// <summary>Latent to reward, discount and value.</summary>
    public const string Heads = "heads";

    /// <summary>Latent to observation.</summary>
    public const string Decoder = "decoder";

    /// <summary>Optional: a whole imagination, from a latent through as many steps as there is noise for.</summary>
    public const string Rollout = "rollout";

    /// <summary>Every graph that a whole agent has, in the order of the flow.</summary>
    public static IReadOnlyList<string> All { get; } = [Encoder, RssmObserve, Surprise, RssmImagine, Policy, Heads, Decoder];
}
