using Dreamer.Inference.IO;
using Dreamer.Training.Environments;
using Dreamer.Training.Tests.Export;
using Dreamer.Training.Tests.Runs;
using Dreamer.Training.Tracing.Protobuf;
using Dreamer.Training.Weights;
using TorchSharp;
using Xunit;

namespace Dreamer.Training.Tests.Weights;

public sealed class WeightsFileTests : IDisposable
{
    private readonly RunFolder _folder = new();

    private string File => _folder["weights.safetensors"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_comes_back_to_the_last_bit()
    {
        using var source = new SmallAgent(seed: 1);
        using var target = new SmallAgent(seed: 2);
        WeightsFile.Write(File, source.WorldModel, source.ActorCritic);
        Assert.NotEqual(SmallAgent.Weights(source.WorldModel), SmallAgent.Weights(target.WorldModel));
        WeightsFile.Load(File, target.WorldModel, target.ActorCritic);
        Assert.Equal(SmallAgent.Weights(source.WorldModel), SmallAgent.Weights(target.WorldModel));
        Assert.Equal(SmallAgent.Weights(source.ActorCritic), SmallAgent.Weights(target.ActorCritic));
    }

    [Fact]
    public void Names_are_the_documented_paths()
    {
        using var agent = new SmallAgent();
        WeightsFile.Write(File, agent.WorldModel, agent.ActorCritic);
        string[] expected =
        [
            "actor.head.mlp.layers.0", "actor.head.out",
            "critic.mlp.layers.0", "critic.out",
            "decoder.image.convolutions.0", "decoder.image.convolutions.1", "decoder.image.convolutions.2", "decoder.image.dense", "decoder.image.embedding",
            "discount.mlp.layers.0", "discount.out",
            "encoder.image.convolutions.0", "encoder.image.convolutions.1", "encoder.image.convolutions.2", "encoder.image.dense",
            "reward.mlp.layers.0", "reward.out",
            "rssm.gru.kernel", "rssm.gru.norm", "rssm.img_dist.0", "rssm.img_in", "rssm.img_out.0", "rssm.obs_dist", "rssm.obs_out",
        ];
        Assert.Equal(
            expected.SelectMany(module => (string[])[$"{module}.bias", $"{module}.weight"]), SafetensorsFile.Read(File).Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Names_and_values_are_those_of_the_graphs()
    {
        using var agent = new TestAgent(new ObservationSpace(new Inference.ImageShape(10, 5, 1), 3));
        WeightsFile.Write(File, agent.Model, agent.Behavior);
        var weights = SafetensorsFile.Read(File);
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var graph in agent.Export().Graphs)
        {
            var model = ModelProto.Parser.ParseFrom(System.IO.File.ReadAllBytes(Path.Combine(agent.Folder, graph.File)));
            foreach (var tensor in model.Graph.Initializer.Where(tensor => !tensor.Name.StartsWith("const_", StringComparison.Ordinal)))
            {
                found.Add(tensor.Name);
                Assert.Equal(weights[tensor.Name].Data.ToArray(), tensor.RawData.ToByteArray());
            }
        }
        Assert.Equal(weights.Keys.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Weights_of_other_networks_are_refused_with_all_that_differs_and_nothing_changes()
    {
        using var small = new SmallAgent();
        using var other = new TestAgent(new ObservationSpace(null, 4));
        WeightsFile.Write(File, small.WorldModel, small.ActorCritic);
        var before = SmallAgent.Weights(other.Model);
        var message = Assert.Throws<InvalidWeightsException>(() => WeightsFile.Load(File, other.Model, other.Behavior)).Message;
        Assert.Contains("'encoder.vector.layers.0.weight' is missing", message, StringComparison.Ordinal);
        Assert.Contains("'decoder.image.dense.weight' is not a parameter of the networks", message, StringComparison.Ordinal);
        Assert.Contains("'rssm.gru.kernel.weight' is F32", message, StringComparison.Ordinal);
        Assert.Equal(before, SmallAgent.Weights(other.Model));
    }

    [Fact]
    public void Numbers_that_are_none_are_refused()
    {
        using var agent = new SmallAgent();
        using (torch.no_grad())
        {
            agent.WorldModel.named_parameters().Single(p => p.name == "reward.out.bias").parameter.fill_(float.NaN);
        }
        WeightsFile.Write(File, agent.WorldModel, agent.ActorCritic);
        Assert.Contains("'reward.out.bias' has values that are not finite",
            Assert.Throws<InvalidWeightsException>(() => WeightsFile.Load(File, agent.WorldModel, agent.ActorCritic)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_run_begins_with_them_and_a_resumed_one_goes_on_with_its_own()
    {
        var token = TestContext.Current.CancellationToken;
        using (var first = new DreamerTrainer(DreamerPresets.Debug with { Seed = 5, MaxUpdates = 3 }))
        {
            await first.RunAsync(token);
            first.ExportWeights(File);
            var options = DreamerPresets.Debug with { Seed = 6, InitialWeights = File, LogDirectory = _folder["run"] };
            using var second = new DreamerTrainer(options);
            // Ends before the first update, after a checkpoint.
            await second.RunAsync(new CancellationToken(canceled: true));
            Assert.Equal(SmallAgent.Weights(first.WorldModel), SmallAgent.Weights(second.WorldModel));
            Assert.Equal(SmallAgent.Weights(first.ActorCritic), SmallAgent.Weights(second.ActorCritic));
        }
        // No longer needed, and no longer there.
        System.IO.File.Delete(File);
        using var resumed = TrainingRun.Open(_folder["run"]);
        using var again = new DreamerTrainer(resumed.Options);
        Assert.True(again.Restore());
    }

    [Fact]
    public async Task A_file_that_is_none_ends_the_run_before_it_begins()
    {
        AtomicFile.WriteAllText(File, "no weights");
        using var trainer = new DreamerTrainer(DreamerPresets.Debug with { InitialWeights = File });
        await Assert.ThrowsAsync<InvalidWeightsException>(() => trainer.RunAsync(TestContext.Current.CancellationToken));
    }
}
