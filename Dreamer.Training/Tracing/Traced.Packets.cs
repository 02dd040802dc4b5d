using static TorchSharp.torch.nn;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    // The floats of a 128-bit register, which is what ONNX Runtime's builds for x64 and for ARM64 compute at a time.
    private const long Packet = 4;

    /// <summary>
    /// An operation, element by element, that ONNX Runtime computes a packet at a time, and what is left over at the end of the whole
    /// batch by another routine, whose last bit can differ. Rows that are no whole number of packets are padded in the graph, so that
    /// what it says of a row does not depend on the batch that the row is in. In training the operation is all there is.
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
