using TorchSharp;

namespace Dreamer.Training.Checkpoints;

/// <summary>One named value of a checkpoint: a tensor's type, shape and bytes, or plain bytes as a vector of uint8.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The tensor's shape.</param>
/// <param name="Data">The elements, row-major, little-endian.</param>
internal sealed record CheckpointEntry(torch.ScalarType Type, long[] Shape, byte[] Data)
{
    public string Describe() => $"{Type} [{string.Join(", ", Shape)}]";
}
