using static TorchSharp.torch;

namespace Dreamer.Training.WorldModel;

/// <summary>The world model's loss, and what is logged of it.</summary>
/// <param name="Total">What is minimized: a scalar with gradient.</param>
/// <param name="Metrics">Its parts, and the entropies, by name: scalars.</param>
internal sealed record WorldModelLosses(Tensor Total, IReadOnlyList<(string Name, Tensor Value)> Metrics);
