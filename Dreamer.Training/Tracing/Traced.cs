using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

/// <summary>
/// A value of a network. In training it is only a tensor; during a trace it also knows the node of the ONNX
/// graph that computes it, so that one definition of a network is both the TorchSharp module and the exported graph.
/// </summary>
/// <remarks>
/// <para>
/// Every operation is one line that states its two meanings side by side: the TorchSharp result and the ONNX operator. Under a
/// trace, a tensor that is neither a graph input, nor the result of such an operation, nor a parameter of the traced modules is
/// rejected: arithmetic that bypasses this type cannot be lost silently.
/// </para>
/// <para>
/// Owns nothing: the tensors live as long as TorchSharp's dispose scopes let them. As thread-safe as the tensors in it; a trace
/// belongs to the thread that started it.
/// </para>
/// </remarks>
internal readonly partial struct Traced
{
    internal Traced(Tensor value, string? name = null)
    {
        Value = value;
        Name = name;
    }

    /// <summary>The tensor.</summary>
    public Tensor Value { get; }

    /// <summary>The tensor's size along each dimension.</summary>
    public long[] Shape => Value.shape;

    /// <summary>The name of the value in the graph that is being traced; null outside a trace and for parameters.</summary>
    internal string? Name { get; }

    /// <summary>Wraps a tensor; under a trace it must be a parameter of the traced modules.</summary>
    /// <exception cref="ArgumentNullException">The tensor is null.</exception>
    public static implicit operator Traced(Tensor value) => FromTensor(value);

    /// <summary>The tensor of a value.</summary>
    public static implicit operator Tensor(Traced value) => value.Value;

    /// <inheritdoc cref="op_Implicit(Tensor)"/>
    public static Traced FromTensor(Tensor value)
    {
        return new Traced(value);
    }

    /// <summary>The tensor of this value.</summary>
    public Tensor ToTensor() => Value;

    private static Traced Op(string op, Tensor result, Traced input, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Tracer.Current is { } tracer ? tracer.Record(op, result, [input], attributes) : new Traced(result);

    private static Traced Op(string op, Tensor result, ReadOnlySpan<Traced> inputs, params ReadOnlySpan<OnnxAttribute> attributes) =>
        Tracer.Current is { } tracer ? tracer.Record(op, result, inputs, attributes) : new Traced(result);

    /// <summary>A number as an input of a node; nothing outside a trace.</summary>
    private static Traced Constant(float value) => Tracer.Current is { } tracer ? tracer.Constant(value) : default;

    /// <summary>Integers as an input of a node; nothing outside a trace.</summary>
    private static Traced Constant(params ReadOnlySpan<long> values) => Tracer.Current is { } tracer ? tracer.Constant(values) : default;
}
