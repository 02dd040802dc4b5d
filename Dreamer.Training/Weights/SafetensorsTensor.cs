namespace Dreamer.Training.Weights;

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Type">Its element type in the format's notation, for example <c>F32</c>.</param>
/// <param name="Shape">Its sides.</param>
/// <param name="Data">Its elements, row-major, little-endian.</param>
internal sealed record SafetensorsTensor(string Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Single precision.</summary>
    public const string Float32 = "F32";

    public override string ToString() => $"{Type} [{string.Join(", ", Shape)}]";
}
