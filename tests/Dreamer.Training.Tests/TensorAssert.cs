using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests;

/// <summary>Comparisons of whole tensors; TorchSharp's <c>torch.equal</c> compares element by element.</summary>
internal static class TensorAssert
{
    public static void Equal(torch.Tensor expected, torch.Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(Same(expected, actual), $"Expected {Text(expected)}, found {Text(actual)}.");
    }

    public static void NotEqual(torch.Tensor notExpected, torch.Tensor actual)
    {
        Assert.Equal(notExpected.shape, actual.shape);
        Assert.False(Same(notExpected, actual), $"Both are {Text(actual)}.");
    }

    public static void Close(torch.Tensor expected, torch.Tensor actual, double tolerance = 1e-6)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.True(torch.allclose(expected, actual, rtol: 0, atol: tolerance), $"Expected {Text(expected)}, found {Text(actual)}.");
    }

    private static bool Same(torch.Tensor left, torch.Tensor right) => left.eq(right).all().item<bool>();

    private static string Text(torch.Tensor tensor) => tensor.ToString(TensorStringStyle.Julia);
}
