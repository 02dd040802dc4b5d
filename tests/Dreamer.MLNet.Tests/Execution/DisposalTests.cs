using Dreamer.MLNet.Tests.TestAgents;
using Microsoft.ML;
using Xunit;

namespace Dreamer.MLNet.Tests.Execution;

/// <summary>Whatever is disposed while another thread scores, that thread gets an exception and the process lives.</summary>
public sealed class DisposalTests
{
    private readonly MLContext _ml = new(1);

    [Fact]
    public void A_model_is_disposed_while_others_score()
    {
        var rows = Recording.Usual().Rows;
        var view = _ml.Data.LoadFromEnumerable(Enumerable.Range(0, 20).SelectMany(i => rows.Select(row => new LoggedRow
        {
            EpisodeId = $"{i}-{row.EpisodeId}", Step = row.Step, IsFirst = row.IsFirst, IsLast = row.IsLast, Reward = row.Reward, Action = row.Action, Image = row.Image,
        })));
        for (var trial = 0; trial < 20; trial++)
        {
            using var agent = SyntheticAgent.Small.Load();
            var model = _ml.Transforms.ScoreEpisodes(agent, seed: 1).Fit(view);
            using var started = new CountdownEvent(3);
            Thread[] threads = [.. Enumerable.Range(0, 3).Select(_ => new Thread(() => Score(model, view, started)))];
            Array.ForEach(threads, thread => thread.Start());
            started.Wait();
            agent.Dispose();
            ((IDisposable)model).Dispose();
            Array.ForEach(threads, thread => thread.Join());
            Assert.Throws<ObjectDisposedException>(() => model.Transform(view).Singles("PredictedValue"));
        }

        static void Score(ITransformer model, IDataView view, CountdownEvent started)
        {
            started.Signal();
            try
            {
                for (var i = 0; i < 100; i++)
                {
                    model.Transform(view).Singles("PredictedValue");
                }
            }
            catch (ObjectDisposedException)
            {
                // What the test is about; anything else ends the process.
            }
        }
    }

    [Fact]
    public void An_engine_is_disposed_while_another_thread_predicts()
    {
        var rows = Recording.Usual().Rows;
        var view = _ml.Data.LoadFromEnumerable(rows);
        for (var trial = 0; trial < 20; trial++)
        {
            using var agent = SyntheticAgent.Small.Load();
            using var model = (IDisposable)_ml.Transforms.ScoreEpisodes(agent, seed: 1).Fit(view);
            var engine = _ml.Model.CreateDreamerPredictionEngine<LoggedRow, Prediction>((ITransformer)model);
            using var started = new ManualResetEventSlim();
            var failed = false;
            var thread = new Thread(() =>
            {
                try
                {
                    for (var i = 0; i < 1_000_000; i++)
                    {
                        engine.Predict(rows[i % 12]);
                        started.Set();
                    }
                }
                catch (Exception e) when (e is ObjectDisposedException or InvalidOperationException)
                {
                    failed = true;
                }
            });
            thread.Start();
            started.Wait();
            engine.Dispose();
            thread.Join();
            Assert.True(failed);
        }
    }

    private sealed class Prediction
    {
        public float PredictedValue { get; set; }
    }
}
