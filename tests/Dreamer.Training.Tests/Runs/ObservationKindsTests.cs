using Dreamer.Inference;
using Dreamer.Training.Environments;
using Dreamer.Training.Telemetry;
using Xunit;

namespace Dreamer.Training.Tests.Runs;

public sealed class ObservationKindsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Vectors_are_learnt_alone_or_beside_an_image(bool withImage)
    {
        Assert.Empty(EnvironmentConformance.Check(new Corridor(withImage)));
        var observer = new RecordingObserver();
        var options = DreamerPresets.Debug with { Networks = DreamerPresets.Debug.Networks with { VectorUnits = 8, VectorLayers = 1 }, MaxUpdates = 5 };
        using var trainer = new DreamerTrainer(new Corridor(withImage), options, observer);
        var result = await trainer.RunAsync();
        Assert.Equal(5, result.Updates);
        var names = observer.Progress[^1].Metrics.Select(metric => metric.Key).ToArray();
        Assert.Contains(MetricNames.VectorLoss, names);
        Assert.Equal(withImage, names.Contains(MetricNames.ImageLoss));
        // Walls end nothing: the corridor is cut by its time limit.
        Assert.All(observer.Episodes, episode => Assert.True(episode.IsLast[^1] && !episode.IsTerminal[^1]));
    }

    /// <summary>A walk between -1 and 1, cut after seven steps.</summary>
    private sealed class Corridor(bool withImage) : IEnvironment
    {
        private readonly float[] _place = new float[2];
        private int _left;

        public ObservationSpace ObservationSpace { get; } = new(withImage ? new ImageShape(5, 5, 2) : null, 2);

        public ActionSpace ActionSpace { get; } = ActionSpace.Discrete("back", "on");

        public EnvironmentStep Reset()
        {
            _left = 7;
            _place[0] = 0;
            return Row() with { IsFirst = true };
        }

        public EnvironmentStep Step(ReadOnlySpan<float> action)
        {
            var move = OneHot.IndexOf(action, 2) == 1 ? 0.5f : -0.5f;
            if (_left == 0)
            {
                throw new InvalidOperationException("Reset first.");
            }
            _left--;
            _place[0] = Math.Clamp(_place[0] + move, -1, 1);
            return Row() with { Reward = _place[0], IsLast = _left == 0 };
        }

        private EnvironmentStep Row()
        {
            _place[1] = _left / 7f;
            return new EnvironmentStep { Vector = _place, Image = withImage ? new byte[50] : null };
        }
    }
}
