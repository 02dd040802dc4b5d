using Dreamer.Inference;
using Dreamer.MLNet.Persistence;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;

namespace Dreamer.MLNet.Tests.Execution;

/// <summary>Whether a GPU that is not there was asked for shows in the error that says so.</summary>
public sealed class GpuFlagsTests : IDisposable
{
    private const int NoSuchGpu = 77;

    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();
    private readonly TemporaryFolder _folder = new();

    public void Dispose()
    {
        _agent.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void An_estimator_that_is_told_a_gpu_asks_for_it_when_it_is_used()
    {
        var ml = new MLContext();
        var data = Data(ml);

        var error = Refused(() => Use(ml.Transforms.EncodeObservation("Embedding", "Image", _agent, NoSuchGpu).Fit(data), data));

        Assert.Contains("GPU 77", error.Message, StringComparison.Ordinal);
        Use(ml.Transforms.EncodeObservation("Embedding", "Image", _agent, NoSuchGpu, fallbackToCpu: true).Fit(data), data);
    }

    [Fact]
    public void The_context_is_asked_when_a_pipeline_is_fitted()
    {
        var ml = new MLContext();
        var data = Data(ml);
        var estimator = ml.Transforms.EncodeObservation("Embedding", "Image", _agent);

        ml.GpuDeviceId = NoSuchGpu;
        Refused(() => Use(estimator.Fit(data), data));
        ml.FallbackToCpu = true;
        Use(estimator.Fit(data), data);
    }

    [Fact]
    public void A_folder_is_opened_where_the_context_says()
    {
        var ml = new MLContext { GpuDeviceId = NoSuchGpu };
        var data = Data(ml);
        var folder = SyntheticAgent.Small.Write(_folder.File("agent"));

        Refused(() => Use(ml.Transforms.EncodeObservation("Embedding", "Image", folder).Fit(data), data));
        ml.FallbackToCpu = true;
        Use(ml.Transforms.EncodeObservation("Embedding", "Image", folder).Fit(data), data);
    }

    [Fact]
    public void The_context_is_asked_when_a_pipeline_is_loaded()
    {
        var ml = new MLContext();
        var data = Data(ml);
        var model = ml.Transforms.EncodeObservation("Embedding", "Image", _agent).Fit(data);
        ml.Model.Save(model, data.Schema, _folder.File("model.zip"));
        DreamerPipeline.Save(model, _folder.File("own.zip"));

        var gpu = new MLContext { GpuDeviceId = NoSuchGpu };
        var error = Assert.ThrowsAny<Exception>(() => gpu.Model.Load(_folder.File("model.zip"), out _));
        Assert.Contains("GPU 77", error.ToString(), StringComparison.Ordinal);
        Refused(() => DreamerPipeline.Load(gpu, _folder.File("own.zip")));

        gpu.FallbackToCpu = true;
        Use(gpu.Model.Load(_folder.File("model.zip"), out _), data);
        Use(DreamerPipeline.Load(gpu, _folder.File("own.zip")), data);
    }

    private static IDataView Data(MLContext ml) => ml.Data.LoadFromEnumerable(Recording.Usual().Rows);

    private static void Use(ITransformer model, IDataView data) => Assert.Equal(85, model.Transform(data).Vectors("Embedding").Length);

    private static InvalidOperationException Refused(Action action) => Assert.Throws<InvalidOperationException>(action);
}
