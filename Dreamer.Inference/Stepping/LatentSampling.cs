namespace Dreamer.Inference;

/// <summary>How a latent is drawn from its distribution.</summary>
public enum LatentSampling
{
    /// <summary>A sample.</summary>
    Sampled,

    /// <summary>The most likely classes, without noise.</summary>
    Mode,
}
