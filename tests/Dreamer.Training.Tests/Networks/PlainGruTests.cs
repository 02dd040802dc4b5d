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

    private static Tensor Swap(Tensor gates)
    {
        var parts = gates.chunk(3, 0);
        return cat([parts[1], parts[0], parts[2]], 0);
    }
}
