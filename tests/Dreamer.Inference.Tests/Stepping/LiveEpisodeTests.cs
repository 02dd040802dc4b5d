using Dreamer.Inference.Stepping;
using Xunit;

namespace Dreamer.Inference.Tests.Stepping;

public sealed class LiveEpisodeTests : IDisposable
{
    private readonly DreamerAgent _agent = CatchAgent.Load();
    private readonly StepGraphs _graphs;
    private readonly LiveEpisode _episode;

    public LiveEpisodeTests()
    {
        _graphs = new StepGraphs(_agent.Manifest, _agent.OpenGraph, AgentOutputs.All, capacity: 2);
        _episode = Begin();
    }

    public static TheoryData<string> Outputs =>
    [
        TensorNames.Latent, TensorNames.ActionMode, TensorNames.PosteriorLogits, TensorNames.Logits, TensorNames.Kl, TensorNames.Reward,
        TensorNames.Discount, TensorNames.Value,
    ];

    public void Dispose()
    {
        _graphs.Dispose();
        _agent.Dispose();
    }

    [Theory]
    [MemberData(nameof(Outputs))]
    public void A_row_with_any_output_that_is_not_finite_is_refused_and_changes_nothing(string output)
    {
        Step(_episode, row: 0, pixel: 3);
        var (state, value, surprise) = (Save(_episode), _episode.Value, _episode.Surprise);
        foreach (var bad in (float[])[float.NaN, float.PositiveInfinity, float.NegativeInfinity])
        {
            _episode.Write(_graphs, row: 1, Frame(7), executed: 2);
            _graphs.Run(2);
            Tensor(output).Row(1)[^1] = bad;
            var error = Assert.Throws<NonFiniteOutputException>(() => _episode.Guard(_graphs, row: 1));
            Assert.Contains($"'{output}' at step 1 of episode 'e'", error.Message, StringComparison.Ordinal);
            Assert.Equal(state, Save(_episode));
            Assert.Equal((value, surprise, 1L), (_episode.Value, _episode.Surprise, _episode.Step));
        }
    }

    [Fact]
    public void A_refused_row_is_as_if_it_had_never_been_tried()
    {
        var undisturbed = Begin();
        for (var i = 0; i < 5; i++)
        {
            _episode.Write(_graphs, row: 0, Frame(9), executed: 1);
            _graphs.Run(1);
            Step(_episode, row: 0, pixel: i);
            Step(undisturbed, row: 0, pixel: i);
            Assert.Equal(Save(undisturbed), Save(_episode));
        }
    }

    [Fact]
    public void A_saved_episode_continues_in_another_to_the_last_bit()
    {
        Step(_episode, row: 0, pixel: 1);
        var other = new LiveEpisode(_agent.Manifest, ActionSelection.Sampled, LatentSampling.Sampled, seed: 99, "other");
        other.Load(SavedEpisode.FromBytes(Save(_episode), _agent.Manifest));
        Assert.Equal(Save(_episode), Save(other));
        Step(_episode, row: 0, pixel: 2);
        Step(other, row: 1, pixel: 2);
        Assert.Equal(Save(_episode), Save(other));
    }

    [Fact]
    public void A_saved_episode_with_values_that_none_has_is_refused()
    {
        Step(_episode, row: 0, pixel: 1);
        var saved = SavedEpisode.FromBytes(Save(_episode), _agent.Manifest);
        for (var i = 0; i < saved.Numbers.Length; i += 97)
        {
            float[] numbers = [.. saved.Numbers];
            numbers[i] = float.NaN;
            Assert.Throws<InvalidDataException>(() => SavedEpisode.FromBytes((saved with { Numbers = numbers }).ToBytes(), _agent.Manifest));
        }
        Assert.Throws<InvalidDataException>(() => SavedEpisode.FromBytes((saved with { Step = -1 }).ToBytes(), _agent.Manifest));
    }

    private static byte[] Save(LiveEpisode episode) => episode.Save(new byte[32]);

    private static byte[] Frame(int pixel)
    {
        var frame = new byte[50];
        frame[pixel] = byte.MaxValue;
        return frame;
    }

    private LiveEpisode Begin() => new(_agent.Manifest, ActionSelection.Greedy, LatentSampling.Sampled, seed: 1, "e");

    private RowTensor<float> Tensor(string output) => output switch
    {
        TensorNames.Latent => _graphs.Observe.Latent,
        TensorNames.ActionMode => _graphs.ActionMode,
        TensorNames.PosteriorLogits => _graphs.Observe.Posterior!,
        TensorNames.Logits => _graphs.Logits!,
        TensorNames.Kl => _graphs.Kl!,
        TensorNames.Reward => _graphs.Reward!,
        TensorNames.Discount => _graphs.Discount!,
        _ => _graphs.Value!,
    };

    private void Step(LiveEpisode episode, int row, int pixel)
    {
        episode.Write(_graphs, row, Frame(pixel));
        _graphs.Run(row + 1);
        episode.Guard(_graphs, row);
        episode.Commit(_graphs, row);
    }
}
