using System.Globalization;
using Dreamer.Inference;
using Dreamer.Training.Behavior;
using Dreamer.Training.Environments;
using Dreamer.Training.Export;
using Dreamer.Training.Networks;
using Dreamer.Training.WorldModel;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Export;

/// <summary>
/// TorchSharp against ONNX Runtime over 1,000 sequences of 50 steps, each step from TorchSharp's state; and how fast both go apart where each goes on
/// from its own. Takes minutes: run by <c>.ci/long</c>, or with <c>-explicit only</c>.
/// </summary>
public sealed class LongParityTests(ITestOutputHelper output)
{
    private const double Tolerance = 1e-4;
    private const int Steps = 50;

    private static readonly AgentParityOptions Sequences = new() { BatchSizes = [.. Enumerable.Repeat(50, 20)], Steps = Steps, Seed = 1 };

    private static readonly NetworkOptions Sizes = new()
    {
        Deter = 200, Hidden = 200, Stoch = 32, Classes = 32, HeadUnits = 100, HeadLayers = 2, CnnDepth = 4, ImageEmbedding = 128, VectorUnits = 64,
        VectorLayers = 2,
    };

    private static readonly HashSet<string> Bounded = new(StringComparer.Ordinal)
    {
        TensorNames.Latent, TensorNames.PosteriorLogits, TensorNames.PriorLogits, TensorNames.PosteriorStats, TensorNames.PriorStats,
        TensorNames.Logits, TensorNames.Mean, TensorNames.Std,
    };

    [Theory(Explicit = true)]
    [InlineData(10, 10, 4, 2)]
    [InlineData(64, 64, 3, 0)]
    [InlineData(47, 33, 2, 0)]
    [InlineData(0, 0, 0, 4)]
    public void Every_observation(int height, int width, int channels, int vector)
    {
        using var agent = new TestAgent(new ObservationSpace(height == 0 ? null : new ImageShape(height, width, channels), vector), Sizes);
        agent.Export();
        Check($"{height}x{width}x{channels} and {vector}", agent.Folder, agent.Model, agent.Behavior);
    }

    [Theory(Explicit = true)]
    [MemberData(nameof(NetworkKinds.Names), MemberType = typeof(NetworkKinds))]
    public void Every_kind_of_network(string kind)
    {
        var (options, actions) = NetworkKinds.Of(kind, Sizes);
        using var agent = new TestAgent(new ObservationSpace(new ImageShape(10, 5, 1), 3), options, actions);
        agent.Export();
        Check(kind, agent.Folder, agent.Model, agent.Behavior);
    }

    [Theory(Explicit = true)]
    [InlineData("dreamer-v1")]
    [InlineData("dreamer-v2")]
    [InlineData("dreamer-v3")]
    public async Task A_trained_agent(string algorithm)
    {
        var folder = Directory.CreateTempSubdirectory("dreamer-parity-").FullName;
        try
        {
            var options = DreamerPresets.Debug.WithAlgorithm(algorithm) with { LogDirectory = Path.Combine(folder, "run"), Seed = 1, MaxUpdates = 300 };
            using var trainer = new DreamerTrainer(options);
            await trainer.RunAsync(TestContext.Current.CancellationToken);
            var agent = Path.Combine(folder, "agent");
            await trainer.ExportAsync(agent, new AgentExportOptions { EvaluationEpisodes = 0 }, TestContext.Current.CancellationToken);
            Check($"{algorithm} after {trainer.Updates} updates", agent, trainer.WorldModel, trainer.ActorCritic);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Check(string name, string folder, WorldModelNetworks model, ActorCriticNetworks behavior)
    {
        var report = AgentParity.Check(folder, model, behavior, Sequences);
        var bounded = report.Outputs.Where(one => Bounded.Contains(one.Output)).ToList();
        var (apart, equal) = FreeRunning.Measure(folder, model, behavior, sequences: 100, Steps);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: latent and logits {bounded.Max(one => one.MaxAbsDifference):E1}, all outputs {report.MaxAbsDifference:E1}; of {report.Outputs.Sum(one => one.Samples)} " +
            $"samples {report.Outputs.Sum(one => one.DifferingTies)} ties fell otherwise, {report.DifferingSamples} more differ; running free for {Steps} steps: {apart:E1} " +
            $"apart in the mean, {equal:P1} of the sequences with equal samples"));
        Assert.All(bounded, one => Assert.True(one.MaxAbsDifference <= Tolerance, $"{one}"));
        Assert.Equal(0, report.DifferingSamples);
    }
}
