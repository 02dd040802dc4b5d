using Dreamer.Training.Networks;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Networks;

public sealed class LayerNormGruTests
{
    [Theory]
    [InlineData(0.5f, -1f, 2f, 0.3f, -0.3234745625f)]
    [InlineData(0f, 0f, 0f, 1f, 0.7310585786f)]
    public void Gates_have_the_known_answers(float reset, float candidate, float update, float state, float expected)
    {
        var gates = torch.tensor([reset, candidate, update]).reshape(1, 3);
        var next = LayerNormGru.Gate(gates, torch.tensor([state]).reshape(1, 1));
        Assert.Equal(expected, next.Value.item<float>(), 1e-6f);
    }

    [Fact]
    public void Normalization_has_Kerass_epsilon()
    {
        using var norm = new LayerNorm(3);
        var output = norm.Forward(torch.tensor([0.01f, 0.02f, 0.03f]).reshape(1, 3)).Value;
        Assert.Equal(-0.3062f, output[0, 0].item<float>(), 1e-4f);
        Assert.Equal(0.3062f, output[0, 2].item<float>(), 1e-4f);
    }

    [Fact]
    public void A_step_normalizes_all_gates_together_and_mixes_them_with_the_state()
    {
        torch.manual_seed(3);
        using var gru = new LayerNormGru(4, 2);
        var input = torch.randn(5, 4);
        var state = torch.randn(5, 2);
        var weights = gru.state_dict();

        var gates = torch.cat([input, state], 1).matmul(weights["kernel.weight"].t()) + weights["kernel.bias"];
        var centered = gates - gates.mean([1], keepdim: true);
        var normalized = centered / (centered.pow(2).mean([1], keepdim: true) + 1e-3).sqrt();
        var reset = normalized[.., 0..2].sigmoid();
        var candidate = (reset * normalized[.., 2..4]).tanh();
        var update = (normalized[.., 4..6] - 1).sigmoid();
        var expected = update * candidate + (1 - update) * state;

        TensorAssert.Close(expected, gru.Forward(input, state));
    }
}
