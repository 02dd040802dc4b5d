using Dreamer.Inference;
using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace Dreamer.MLNet.Tests.Rows;

public sealed class PassThroughTests : IDisposable
{
    private readonly MLContext _ml = new(1);
    private readonly DreamerAgent _agent = SyntheticAgent.Small.Load();

    public void Dispose() => _agent.Dispose();

    [Fact]
    public void Values_that_may_not_be_kept_are_asked_for_at_their_row_and_results_stay_the_same()
    {
        var recording = Recording.Usual(seed: 3);
        var view = Score(new OpaqueView(_ml.Data.LoadFromEnumerable(recording.Rows)));
        using var cursor = view.GetRowCursor(view.Schema);
        var opaque = cursor.GetGetter<OpaqueView.Handle>(view.Schema[OpaqueView.Column]);
        var value = cursor.GetGetter<float>(view.Schema["PredictedValue"]);
        var (handle, number, row) = (default(OpaqueView.Handle)!, 0f, 0);

        while (cursor.MoveNext())
        {
            opaque(ref handle);
            value(ref number);
            Assert.Equal(row, handle.Position);
            Assert.Equal(recording.Live[row++].Value, number);
        }
        Assert.Equal(85, row);
    }

    [Fact]
    public void Sparse_vectors_texts_and_ids_pass_as_they_are()
    {
        var rows = Enumerable.Range(0, 200).Select(i => new MixedRow { IsFirst = i % 9 == 0, Name = $"row {i}", Number = i });
        var data = _ml.Transforms.Conversion.MapValueToKey("Key", "Name").Append(_ml.Transforms.Conversion.MapKeyToVector("Sparse", "Key"))
            .Fit(_ml.Data.LoadFromEnumerable(rows)).Transform(_ml.Data.LoadFromEnumerable(rows));
        var view = _ml.Transforms.ObserveLatentState(_agent, new() { LatentSampling = LatentSampling.Mode }).Fit(data).Transform(data);

        using var before = data.GetRowCursor(data.Schema);
        using var after = view.GetRowCursor(view.Schema);
        var (sparse, text, id) = (before.GetGetter<VBuffer<float>>(data.Schema["Sparse"]), before.GetGetter<ReadOnlyMemory<char>>(data.Schema["Name"]), before.GetIdGetter());
        var (sparse2, text2, id2) = (after.GetGetter<VBuffer<float>>(view.Schema["Sparse"]), after.GetGetter<ReadOnlyMemory<char>>(view.Schema["Name"]), after.GetIdGetter());
        var count = 0;
        while (before.MoveNext())
        {
            Assert.True(after.MoveNext());
            Assert.Equal(before.Position, after.Position);
            Assert.Equal(Read(sparse).DenseValues(), Read(sparse2).DenseValues());
            Assert.Equal(Read(sparse).IsDense, Read(sparse2).IsDense);
            Assert.Equal(Read(text).ToString(), Read(text2).ToString());
            Assert.Equal(Read(id), Read(id2));
            count++;
        }
        Assert.False(after.MoveNext());
        Assert.False(after.MoveNext());
        Assert.Equal(200, count);
        Assert.Throws<InvalidOperationException>(() => Read(text2));
    }

    [Fact]
    public void A_pipeline_that_nobody_disposes_gives_its_weights_back()
    {
        var session = Abandon();

        for (var i = 0; i < 10 && session.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
        Assert.False(session.IsAlive);

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        WeakReference Abandon()
        {
            using var agent = SyntheticAgent.Both.Load();
            var builder = new DataViewSchema.Builder();
            builder.AddColumn("Latent", new VectorDataViewType(NumberDataViewType.Single, 20));
            var model = _ml.Transforms.PredictOutcome("Latent", agent).Fit(new MLNet.Schema.EmptyView(builder.ToSchema()));
            return new WeakReference(model.Graphs[0].Session);
        }
    }

    private static T Read<T>(ValueGetter<T> getter)
    {
        T value = default!;
        getter(ref value);
        return value;
    }

    private IDataView Score(IDataView data)
    {
        var (encode, observe) = (_ml.Transforms.EncodeObservation("Embedding", "Image", _agent), _ml.Transforms.ObserveLatentState("Latent", "Embedding", _agent, seed: 3));
        var embedded = encode.Fit(data).Transform(data);
        var observed = observe.Fit(embedded).Transform(embedded);
        return _ml.Transforms.PredictOutcome("Latent", _agent).Fit(observed).Transform(observed);
    }

    private sealed class MixedRow
    {
        public bool IsFirst { get; set; }

        public string Name { get; set; } = "";

        public int Number { get; set; }

        [VectorType(3)]
        public float[] Action { get; set; } = [0, 1, 0];

        [VectorType(7)]
        public float[] Embedding { get; set; } = [1, 2, 3, 4, 5, 6, 7];
    }
}
