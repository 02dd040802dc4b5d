using Dreamer.Training.Native;
using TorchSharp;
using static TorchSharp.torch;

namespace Dreamer.Training.Tracing;

internal readonly partial struct Traced
{
    /// <summary>The sum, element by element; sizes of 1 are repeated.</summary>
    public static Traced operator +(Traced left, Traced right) => Op("Add", left.Value.add(right.Value, Scalars.One), [left, right]);

    /// <summary>The difference, element by element; sizes of 1 are repeated.</summary>
    public static Traced operator -(Traced left, Traced right) => Op("Sub", left.Value - right.Value, [left, right]);

    /// <summary>The product, element by element; sizes of 1 are repeated.</summary>
    public static Traced operator *(Traced left, Traced right) => Op("Mul", left.Value * right.Value, [left, right]);

    /// <summary>The quotient, element by element; sizes of 1 are repeated.</summary>
    public static Traced operator /(Traced left, Traced right) => Op("Div", left.Value / right.Value, [left, right]);

    /// <summary>Adds a number to every element.</summary>
    public static Traced operator +(Traced left, float right) =>
        Op("Add", left.Value.add(Scalars.Kept(right), Scalars.One), [left, Constant(right)]);

    /// <summary>Subtracts a number from every element.</summary>
    public static Traced operator -(Traced left, float right) => Op("Sub", left.Value.sub(Scalars.Kept(right)), [left, Constant(right)]);

    /// <summary>Subtracts every element from a number.</summary>
    public static Traced operator -(float left, Traced right) =>
        Op("Sub", right.Value.neg().add(Scalars.Kept(left), Scalars.One), [Constant(left), right]);

    /// <summary>Multiplies every element by a number.</summary>
    public static Traced operator *(Traced left, float right) => Op("Mul", left.Value.mul(Scalars.Kept(right)), [left, Constant(right)]);

    /// <summary>Adds every element to a number.</summary>
    public static Traced operator +(float left, Traced right) => right + left;

    /// <summary>Multiplies a number by every element.</summary>
    public static Traced operator *(float left, Traced right) => right * left;

    /// <summary>Multiplies every element by a setting or a schedule's number, which is not kept (<see cref="Scalars"/>).</summary>
    public static Traced operator *(Traced left, double right)
    {
        using var number = ((float)right).ToScalar();
        return Op("Mul", left.Value.mul(number), [left, Constant((float)right)]);
    }

    /// <inheritdoc cref="op_Multiply(Traced, double)"/>
    public static Traced operator *(double left, Traced right) => right * left;

    /// <summary>Changes the sign of every element.</summary>
    public static Traced operator -(Traced value) => Op("Neg", -value.Value, value);

    /// <summary>e to the power of every element.</summary>
    public Traced Exp() => Op("Exp", Value.exp(), this);

    /// <summary>The natural logarithm of every element.</summary>
    public Traced Log() => ByWholePackets(static x => Op("Log", x.Value.log(), x));

    /// <summary>Rounds every element to the nearest integer, halves to the even one.</summary>
    public Traced Round() => Op("Round", Value.round(), this);

    /// <summary>Bounds every element.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    public Traced Clamp(float low, float high) =>
        Op("Clip", Value.clamp(Scalars.Kept(low), Scalars.Kept(high)), [this, Constant(low), Constant(high)]);

    /// <summary>The greater of two, element by element; sizes of 1 are repeated.</summary>
    /// <param name="other">The value to compare with.</param>
    public Traced Maximum(Traced other) => Op("Max", Value.maximum(other.Value), [this, other]);

    /// <summary>The less of two, element by element; sizes of 1 are repeated.</summary>
    /// <param name="other">The value to compare with.</param>
    public Traced Minimum(Traced other) => Op("Min", Value.minimum(other.Value), [this, other]);

    /// <summary>The sum of every row.</summary>
    /// <param name="size">The size of a row.</param>
    /// <returns>[batch, 1] for this value as [batch, size].</returns>
    /// <remarks>
    /// A product with ones in the graph: ONNX Runtime's ReduceSum adds in an order that depends on the number of rows, so that the
    /// last bits of a row's sum would depend on its batch.
    /// </remarks>
    public Traced SumRow(long size) => Op("MatMul", Value.sum([1], keepdim: true), [this, Ones(size)]);

    /// <summary>The product of every row with fixed numbers.</summary>
    /// <param name="name">The name of the numbers in the graph.</param>
    /// <param name="weights">[size, 1].</param>
    /// <returns>[batch, 1] for this value as [batch, size].</returns>
    internal Traced Dot(string name, Tensor weights) =>
        Op("MatMul", Value.matmul(weights), [this, Tracer.Current is { } tracer ? tracer.Constant(name, weights) : default]);

    /// <summary>Single-precision numbers of the same values.</summary>
    public Traced ToFloat32() => Op("Cast", Value.to_type(ScalarType.Float32), this, ("to", ElementType.Float32));

    /// <summary>Bytes of the same values, which must be whole numbers from 0 to 255.</summary>
    public Traced ToUInt8() => Op("Cast", Value.to_type(ScalarType.Byte), this, ("to", ElementType.UInt8));

    private static Traced Ones(long size) => Tracer.Current is { } tracer ? tracer.Constant($"const_ones_{size}", ones(size, 1)) : default;
}
