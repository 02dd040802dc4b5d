using TorchSharp;

namespace Dreamer.Training.Checkpoints;

/// <summary>One named value of a checkpoint: a tensor's type, shape and bytes, or plain bytes as a vector of uint8.</summary>
internal sealed record CheckpointEntry(torch.ScalarType Type, long[] Shape, byte[] Data)
{
    public string Describe() => $"{Type} [{string.Join(", ", Shape)}]";
}
