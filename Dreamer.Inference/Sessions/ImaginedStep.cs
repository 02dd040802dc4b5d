namespace Dreamer.Inference;

/// <summary>One step of an imagined trajectory.</summary>
/// <param name="Action">[A]: the action that the policy picked, one-hot if actions are discrete.</param>
/// <param name="State">What it led to.</param>
public sealed record ImaginedStep(float[] Action, ImaginedState State);
