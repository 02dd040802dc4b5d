using Dreamer.Training.Native;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Native;

public sealed class MatrixProductsTests : IDisposable
{
    private readonly MatrixRoute _before = MatrixProducts.Route;

    public void Dispose() => MatrixProducts.TryUse(_before);

    [Fact]
    public void Takes_the_route_that_the_machine_gains_by()
    {
        if (!MatrixProducts.GainsByOneDnn)
        {
            Assert.Equal(MatrixRoute.Mkl, MatrixProducts.Route);
        }
        Assert.True(MatrixProducts.IsExact());
    }

    [Fact]
    public void Checks_with_one_thread_and_leaves_the_number_as_it_was()
    {
        var threads = torch.get_num_threads();
        try
        {
            torch.set_num_threads(2);
            MatrixProducts.TryUse(MatrixRoute.OneDnn);
            Assert.Equal(2, torch.get_num_threads());
        }
        finally
        {
            torch.set_num_threads(threads);
        }
    }

    [Fact]
    public void Both_routes_give_the_same_products_and_gradients()
    {
        Assert.True(MatrixProducts.TryUse(MatrixRoute.Mkl));
        var plain = ProductAndGradients();
        // Where there is no such route the other one stays, which is to be as good.
        MatrixProducts.TryUse(MatrixRoute.OneDnn);
        Assert.True(MatrixProducts.IsExact());
        foreach (var (expected, found) in plain.Zip(ProductAndGradients()))
        {
            TensorAssert.Close(expected, found, 2e-4);
        }
    }

    [Fact]
    public void Repeats_bit_for_bit()
    {
        MatrixProducts.TryUse(MatrixRoute.OneDnn);
        foreach (var (expected, found) in ProductAndGradients().Zip(ProductAndGradients()))
        {
            TensorAssert.Equal(expected, found);
        }
    }

    private static torch.Tensor[] ProductAndGradients()
    {
        torch.manual_seed(1);
        var input = torch.randn(300, 200).requires_grad_();
        var weight = torch.randn(130, 200).requires_grad_();
        var output = torch.nn.functional.linear(input, weight);
        output.backward([torch.randn(300, 130)]);
        return [output.detach(), input.grad!, weight.grad!];
    }
}
