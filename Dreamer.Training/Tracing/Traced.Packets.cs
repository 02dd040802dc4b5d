using static TorchSharp.torch.nn;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    // The floats of a 128-bit register, which is what ONNX Runtime's builds for x64 and for ARM64 compute at a time.
    private const long Packet = 4;

    /// <summary>
    /// An elementwise operation that ONNX Runtime computes packet by packet, and the remainder at the end of the whole
    /// batch by another routine, whose last bit can differ. Rows that do not fill whole packets are padded in the graph, so that
    /// a row's result does not depend on its batch. Training runs only the operation.
    /// </summary>
    private Traced ByWholePackets(Func<Traced, Traced> operation)
    {
        if (Tracer.Current is null)
        {
            return operation(this);
        }
        var shape = Value.shape;
        var row = shape.Skip(1).Aggregate(1L, (product, size) => product * size);
        var padding = (Packet - row % Packet) % Packet;
        if (padding == 0)
        {
            return operation(this);
        }
        var flat = Reshape(-1, row);
        var padded = Op("Pad", functional.pad(flat.Value, [0, padding]), [flat, Constant(0, 0, 0, padding)]);
        return operation(padded).Narrow(1, 0, row).Reshape([-1, .. shape.Skip(1)]);
    }
}
