using System.Reflection;
using Dreamer.Inference;
using Dreamer.Training.Export;
using Dreamer.Training.Randomness;
using Dreamer.Training.Tracing;
using Google.Protobuf;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Tracing;

/// <summary>Every operation means the same to TorchSharp and to ONNX Runtime; none is left out.</summary>
public sealed class TracedParityTests
{
    private static readonly TensorManifest Vector = new("x", "float32", [6]);
    private static readonly TensorManifest Other = new("y", "float32", [6]);
    private static readonly TensorManifest Image = new("x", "float32", [3, 9, 8]);
    private static readonly TensorManifest Sequence = new("x", "float32", [TensorManifest.Horizon, 4]);
    private static readonly TensorManifest Bytes = new("x", "uint8", [4, 5]);

    private static readonly Dictionary<string, Case> Cases = new(StringComparer.Ordinal)
    {
        ["op_Addition(Traced, Traced)"] = new([Vector, Other], x => x[0] + x[1]),
        ["op_Subtraction(Traced, Traced)"] = new([Vector, Other], x => x[0] - x[1]),
        ["op_Multiply(Traced, Traced)"] = new([Vector, Other], x => x[0] * x[1]),
        ["op_Division(Traced, Traced)"] = new([Vector, Other], x => x[0] / (x[1] + 0.1f)),
        ["op_Addition(Traced, Single)"] = new([Vector], x => x[0] + 0.3f),
        ["op_Subtraction(Traced, Single)"] = new([Vector], x => x[0] - 1e-7f),
        ["op_Subtraction(Single, Traced)"] = new([Vector], x => 1 - x[0]),
        ["op_Multiply(Traced, Single)"] = new([Vector], x => x[0] * (1 / 255f)),
        ["op_Addition(Single, Traced)"] = new([Vector], x => 0.3f + x[0]),
        ["op_Multiply(Single, Traced)"] = new([Vector], x => 0.3f * x[0]),
        ["op_Multiply(Traced, Double)"] = new([Vector], x => x[0] * 0.3),
        ["op_Multiply(Double, Traced)"] = new([Vector], x => 0.3 * x[0]),
        ["op_UnaryNegation(Traced)"] = new([Vector], x => -x[0]),
        ["Exp()"] = new([Vector], x => Spread(x[0]).Exp()),
        ["Log()"] = new([Vector], x => x[0].Log()),
        ["Round()"] = new([Vector], x => (Spread(x[0]) * 100).Round()),
        ["Clamp(Single, Single)"] = new([Vector], x => Spread(x[0]).Clamp(-0.5f, 2)),
        ["Maximum(Traced)"] = new([Vector, Other], x => x[0].Maximum(x[1])),
        ["Minimum(Traced)"] = new([Vector, Other], x => x[0].Minimum(x[1])),
        ["SumRow(Int64)"] = new([Vector], x => x[0].SumRow(6)),
        ["ToFloat32()"] = new([Bytes], x => x[0].ToFloat32()),
        ["ToUInt8()"] = new([Vector], x => (x[0] * 255).Round().ToUInt8()),
        ["Elu()"] = new([Image], x => Spread(x[0]).Narrow(1, 0, 1).Narrow(3, 0, 3).Elu()),
        ["Relu()"] = new([Vector], x => Spread(x[0]).Relu()),
        ["Silu()"] = new([Vector], x => Spread(x[0]).Silu()),
        ["Symlog()"] = new([Vector], x => (Spread(x[0]) * 100).Symlog()),
        ["Symexp()"] = new([Vector], x => Spread(x[0]).Symexp()),
        ["Softplus()"] = new([Vector], x => (Spread(x[0]) * 10).Softplus()),
        ["Tanh()"] = new([Vector], x => Spread(x[0]).Tanh()),
        ["Sigmoid()"] = new([Vector], x => Spread(x[0]).Sigmoid()),
        ["Softmax(Int64)"] = new([Image], x => Spread(x[0]).Softmax(-1)),
        ["LogSoftmax(Int64)"] = new([Image], x => Spread(x[0]).LogSoftmax(1)),
        ["Concat(Int64, ReadOnlySpan`1)"] = new([Vector, Other], x => Traced.Concat(1, x[0], x[1], x[0])),
        ["Split(Int32, Int64)"] = new([Vector], x => x[0].Split(3, 1) is [var a, var b, var c] ? a * b - c : throw new InvalidOperationException()),
        ["Narrow(Int64, Int64, Int64)"] = new([Vector], x => x[0].Narrow(1, 2, 3)),
        ["WithoutLast(Int64)"] = new([Sequence], x => Traced.Concat(1, x[0].Narrow(1, 0, 1), x[0].WithoutLast(1))),
        ["Last(Int64)"] = new([Sequence], x => x[0].Last(1)),
        ["Reshape(Int64[])"] = new([Vector], x => x[0].Reshape(-1, 2, 3)),
        ["Permute(Int64[])"] = new([Image], x => x[0].Permute(0, 3, 1, 2)),
        ["Linear(Tensor, Tensor)"] = new([Vector], (x, w) => x[0].Linear(w[0], w[1]), [4, 6], [4]),
        ["Conv2d(Tensor, Tensor, Int64, ValueTuple`2)"] = new([Image], (x, w) => x[0].Conv2d(w[0], w[1], 2, (1, 0)), [5, 3, 4, 3], [5]),
        ["ConvTranspose2d(Tensor, Tensor, Int64, ValueTuple`2)"] =
            new([Image], (x, w) => x[0].ConvTranspose2d(w[0], w[1], 2, (0, 1)), [3, 5, 4, 5], [5]),
        ["LayerNorm(Traced, Traced, Int64, Single)"] = new([Vector], (x, w) => x[0].LayerNorm(w[0], w[1], 6, 1e-3f), [6], [6]),
        ["Erf()"] = new([Vector], x => Spread(x[0]).Erf()),
        ["InverseErf()"] = new([Vector], x => (x[0] * 2 - 1).InverseErf()),
        ["NormalQuantile()"] = new([Vector], x => x[0].NormalQuantile()),
        ["Gumbel()"] = new([Vector], x => x[0].Gumbel()),
        ["ArgMax()"] = new([Image], x => x[0].ArgMax().OneHot(8)),
        ["OneHot(Int64)"] = new([Vector], x => x[0].ArgMax().OneHot(6)),
    };

    public static TheoryData<string> Operations => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Operations))]
    public void An_operation_means_the_same_to_both(string operation)
    {
        using var scope = torch.NewDisposeScope();
        torch.manual_seed(1);
        var (inputs, forward, shapes) = Cases[operation];
        using var network = new TestNetwork(shapes);
        torch.Tensor[] weights = [.. shapes.Select((_, i) => network[i])];
        var graph = new TracedGraph("operation", inputs, x => [("result", forward([.. inputs.Select(i => x[i.Name])], weights))]);
        using var onnx = new OnnxSession(OnnxExporter.Export(graph, network).ToByteArray());

        var random = new SeededRandom(2);
        foreach (var batch in (int[])[1, 3, 7])
        {
            var values = inputs.ToDictionary(i => i.Name, i => ExampleTensors.For(i, batch, random));
            var expected = forward([.. inputs.Select(i => (Traced)values[i.Name])], weights).Value;
            var found = onnx.Run(values)["result"];
            Assert.Equal(expected.dtype, found.dtype);
            TensorAssert.Close(expected, found, 1e-5);
        }
    }

    [Fact]
    public void No_operation_is_without_a_case()
    {
        var operations = typeof(Traced).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(m => m.ReturnType == typeof(Traced) || m.ReturnType == typeof(Traced[]))
            .Where(m => m.Name is not ("op_Implicit" or nameof(Traced.FromTensor)))
            .Select(m => $"{m.Name}({string.Join(", ", m.GetParameters().Select(p => p.ParameterType.Name))})");
        Assert.Equal(Cases.Keys.Order(StringComparer.Ordinal), operations.Order(StringComparer.Ordinal));
    }

    /// <summary>Both signs, and some way from zero.</summary>
    private static Traced Spread(Traced value) => value * 8 - 4;

    private sealed record Case(TensorManifest[] Inputs, Func<Traced[], torch.Tensor[], Traced> Forward, params long[][] Weights)
    {
        public Case(TensorManifest[] inputs, Func<Traced[], Traced> forward)
            : this(inputs, (x, _) => forward(x))
        {
        }
    }
}
