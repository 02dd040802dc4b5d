using Dreamer.Training.Kernels;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Kernels;

public sealed class ElementwiseFunctionTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16)]
    [InlineData(1, 37)]
    [InlineData(3, 5)]
    [InlineData(200, 700)]
    public void Elu_is_libtorchs(int rows, int columns) => Agree(ElementwiseFunction.Apply<EluKernel>, Elu, Numbers(rows, columns));

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16)]
    [InlineData(1, 37)]
    [InlineData(3, 5)]
    [InlineData(200, 700)]
    public void Tanh_is_libtorchs(int rows, int columns) => Agree(ElementwiseFunction.Apply<TanhKernel>, static x => x.tanh(), Numbers(rows, columns));

    [Fact]
    public void An_image_with_channels_last_keeps_the_order_of_its_memory()
    {
        using var scope = NewDisposeScope();
        var image = Numbers(3, 6, 5, 7).permute(0, 3, 1, 2);
        Assert.True(ElementwiseFunction.Reads(image));
        Assert.Equal(image.stride(), ElementwiseFunction.Apply<EluKernel>(image).stride());
        Agree(ElementwiseFunction.Apply<EluKernel>, Elu, image);
    }

    [Fact]
    public void What_has_gaps_or_another_type_is_left_to_libtorch()
    {
        using var scope = NewDisposeScope();
        Assert.False(ElementwiseFunction.Reads(zeros(4, 6).narrow(1, 0, 3)));
        Assert.False(ElementwiseFunction.Reads(zeros(4, 6).t()));
        Assert.False(ElementwiseFunction.Reads(zeros(4, ScalarType.Float64)));
        Assert.False(ElementwiseFunction.Reads(zeros(4, device: META)));
    }

    [Theory]
    [InlineData(float.NegativeInfinity, -1, -1)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity, 1)]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(-200, -1, -1)]
    [InlineData(0, 0, 0)]
    [InlineData(-1e-6f, -9.999995e-7f, -1e-6f)]
    public void Extremes_come_out_as_they_should(float x, float elu, float tanh)
    {
        using var scope = NewDisposeScope();
        Assert.Equal(elu, ElementwiseFunction.Apply<EluKernel>(torch.tensor(x).reshape(1)).item<float>());
        Assert.Equal(tanh, ElementwiseFunction.Apply<TanhKernel>(torch.tensor(x).reshape(1)).item<float>());
    }

    [Fact]
    public void Several_threads_compute_what_one_does()
    {
        using var scope = NewDisposeScope();
        var numbers = Numbers(300, 1001);
        var expected = Results(ElementwiseFunction.Apply<EluKernel>, numbers);
        torch.set_num_threads(3);
        try
        {
            var found = Results(ElementwiseFunction.Apply<EluKernel>, numbers);
            TensorAssert.Equal(expected.Value, found.Value);
            TensorAssert.Equal(expected.Gradient, found.Gradient);
        }
        finally
        {
            torch.set_num_threads(1);
        }
    }

    [Fact]
    public void Nothing_is_left_behind()
    {
        using (NewDisposeScope())
        {
            Results(ElementwiseFunction.Apply<EluKernel>, Numbers(8, 8));
        }
        TensorCount.Settle();
        var before = Tensor.TotalCount;
        for (var i = 0; i < 20; i++)
        {
            using var scope = NewDisposeScope();
            Results(ElementwiseFunction.Apply<EluKernel>, Numbers(8, 8));
        }
        TensorCount.Settle();
        Assert.Equal(before, Tensor.TotalCount);
    }

    private static Tensor Elu(Tensor x) => nn.functional.elu(x, 1);

    private static Tensor Numbers(params long[] shape)
    {
        manual_seed(1);
        return randn(shape).mul(3);
    }

    private static void Agree(Func<Tensor, Tensor> fast, Func<Tensor, Tensor> plain, Tensor numbers)
    {
        using var scope = NewDisposeScope();
        var (expected, found) = (Results(plain, numbers), Results(fast, numbers));
        TensorAssert.Close(expected.Value, found.Value, 3e-7);
        TensorAssert.Close(expected.Gradient, found.Gradient, 1e-6);
        using var noGradient = no_grad();
        TensorAssert.Equal(found.Value, fast(numbers));
    }

    private static (Tensor Value, Tensor Gradient) Results(Func<Tensor, Tensor> function, Tensor numbers)
    {
        var input = numbers.detach().requires_grad_();
        var value = function(input);
        value.backward([value.detach().cos()]);
        return (value.detach(), input.grad!);
    }
}
