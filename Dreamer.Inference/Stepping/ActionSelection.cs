namespace Dreamer.Inference;

/// <summary>Which action a policy takes.</summary>
public enum ActionSelection
{
    /// <summary>The most likely one.</summary>
    Greedy,

    /// <summary>A sample of the policy's distribution.</summary>
    Sampled,
}
