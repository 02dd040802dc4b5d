namespace Dreamer.Benchmarks.Pipelines;

/// <summary>What is made of a row.</summary>
internal readonly record struct Score(uint Action, float Surprise, float Reward, float Discount, float Value);
