namespace Dreamer.MLNet;

/// <summary>A column that <c>ObserveLatentState</c> may add.</summary>
internal enum ObserveOutput
{
    /// <summary>The state.</summary>
    Latent,

    /// <summary>KL of posterior from prior.</summary>
    Surprise,

    /// <summary>Logits before the observation.</summary>
    PriorLogits,

    /// <summary>Logits given the observation.</summary>
    PosteriorLogits,
}

/// <summary>Which columns are added, in order.</summary>
internal static class ObserveOutputs
{
    internal static List<ObserveOutput> Requested(ObserveLatentStateOptions options)
    {
        List<ObserveOutput> outputs = [ObserveOutput.Latent];
        if (options.SurpriseColumnName is not null)
        {
            outputs.Add(ObserveOutput.Surprise);
        }
        if (options.PriorLogitsColumnName is not null)
        {
            outputs.Add(ObserveOutput.PriorLogits);
        }
        if (options.PosteriorLogitsColumnName is not null)
        {
            outputs.Add(ObserveOutput.PosteriorLogits);
        }
        return outputs;
    }
}
