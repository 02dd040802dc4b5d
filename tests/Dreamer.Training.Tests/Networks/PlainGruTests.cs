using Dreamer.Training.Networks;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace Dreamer.Training.Tests.Networks;

public sealed class PlainGruTests
{
    [Fact]
    public void Is_the_cell_that_PyTorch_knows()
    {
        manual_seed(1);
        using var cell = new PlainGru(5, 4);
        using var theirs = nn.GRUCell(5, 4);
        var parameters = cell.named_parameters().ToDictionary(p => p.name, p => p.parameter);
        using (no_grad())
        {
            foreach (var parameter in parameters.Values)
            {
                parameter.uniform_(-1, 1);
            }
            // PyTorch's gates are reset, update, candidate.
            theirs.weight_ih!.copy_(Swap(parameters["kernel.weight"]));
            theirs.weight_hh!.copy_(Swap(parameters["recurrent_kernel.weight"]));
            theirs.bias_ih!.copy_(Swap(parameters["kernel.bias"]));
            theirs.bias_hh!.copy_(Swap(parameters["recurrent_kernel.bias"]));
        }
        var (input, state) = (randn(3, 5), randn(3, 4));
        TensorAssert.Close(theirs.forward(input, state), cell.Forward(input, state), 1e-6);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(17)]
    public void The_recurrent_kernel_starts_orthogonal(int units)
    {
        manual_seed(2);
        using var cell = new PlainGru(5, units);
        var kernel = (Tensor)cell.named_parameters().Single(p => p.name == "recurrent_kernel.weight").parameter;
        using var noGradient = no_grad();
        TensorAssert.Close(eye(units), kernel.transpose(0, 1).matmul(kernel), 1e-5);
        Assert.NotEqual(0, (kernel - eye(3 * units, units)).abs().max().item<float>(), 1e-3);
    }

    private static Tensor Swap(Tensor gates)
    {
        var parts = gates.chunk(3, 0);
        return cat([parts[1], parts[0], parts[2]], 0);
    }
}
