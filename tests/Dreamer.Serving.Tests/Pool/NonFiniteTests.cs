using Dreamer.Inference;
using Dreamer.Inference.Stepping;
using Dreamer.Serving;
using Microsoft.ML.OnnxRuntime;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class NonFiniteTests : IDisposable
{
    private static readonly byte[] Black = new byte[50];
    private static readonly byte[] White = [.. Enumerable.Repeat(byte.MaxValue, 50)];

    private readonly TemporaryFolder _folder = new();
    private readonly TestMeters _meters = new();

    public void Dispose()
    {
        _folder.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task A_number_that_is_not_finite_is_an_error_of_its_own_step_and_never_an_answer()
    {
        var path = ThatFailsOnWhite();
        var (pool, time) = ServedAgent.LoadWithWindow(o => o.Path = path, _meters);
        await using var owned = pool;
        using var counted = new Measured(_meters, ServingDiagnostics.NonFiniteOutputs);
        await using var hurt = await pool.RentAsync(new() { EpisodeId = "e" });
        await using var healthy = await pool.RentAsync(new() { EpisodeId = "e" });
        for (var i = 0; i < 3; i++)
        {
            var (bad, good) = (hurt.StepAsync(ServedAgent.Frame(White)), healthy.StepAsync(ServedAgent.Frame(Black)));
            await Assert.ThrowsAsync<NonFiniteOutputException>(() => bad);
            var expected = await good;
            var again = hurt.StepAsync(ServedAgent.Frame(Black));
            time.PassWindow();
            Assert.Equal((expected.Step, expected.Action, expected.Value), ((await again).Step, (await again).Action, (await again).Value));
        }
        Assert.Equal(3, counted.Values.Sum());
    }

    [Fact]
    public void Sessions_and_batches_find_it_where_what_is_drawn_hides_it()
    {
        using var agent = DreamerAgent.Load(ThatFailsOnWhite());
        using var session = agent.CreateSession(new() { Outputs = AgentOutputs.None });
        using var batch = agent.CreateBatch(new() { Size = 1, EpisodeIds = [session.EpisodeId], Outputs = AgentOutputs.None });
        var actions = new int[1];
        for (var i = 0; i < 3; i++)
        {
            Assert.Contains("of 'posterior_logits' at step", Assert.Throws<NonFiniteOutputException>(() => session.Act(White)).Message, StringComparison.Ordinal);
            Assert.Throws<NonFiniteOutputException>(() => batch.Act(White, [], actions));
            Assert.Equal(i, session.Step);
            Assert.InRange(session.Act(Black), 0, 2);
            batch.Act(Black, [], actions);
            Assert.Equal(session.Latent, batch.Latent(0));
        }
    }

    [Fact]
    public async Task A_refused_step_leaves_the_last_answers_as_they_were_in_session_batch_and_pool()
    {
        var path = ThatFailsOnWhite();
        using var agent = DreamerAgent.Load(path);
        using var session = agent.CreateSession();
        using var batch = agent.CreateBatch(new() { Size = 2 });
        await using var pool = ServedAgent.Load(o => o.Path = path);
        await using var rented = await pool.RentAsync();
        var actions = new int[2];
        session.Act(Black);
        batch.Act([.. Black, .. Black], [], actions);
        await rented.StepAsync(ServedAgent.Frame(Black));

        var (state, served) = (session.SaveState(), rented.SaveState());
        var (value, surprise, probabilities) = (session.Value, session.Surprise, session.ActionProbabilities.ToArray());
        var (values, surprises, latents) = (batch.Values.ToArray(), batch.Surprises.ToArray(), (float[][])[[.. batch.Latent(0)], [.. batch.Latent(1)]]);
        Assert.Throws<NonFiniteOutputException>(() => session.Observe(White, executedAction: 2));
        // One bad row refuses the call for all: the other episode does not move either.
        Assert.Throws<NonFiniteOutputException>(() => batch.Act([.. Black, .. White], [], actions));
        await Assert.ThrowsAsync<NonFiniteOutputException>(() => rented.StepAsync(new() { Image = White, ExecutedAction = 2 }));

        Assert.Equal(state, session.SaveState());
        Assert.Equal((value, surprise), (session.Value, session.Surprise));
        Assert.Equal(probabilities, session.ActionProbabilities);
        Assert.Equal(values, batch.Values);
        Assert.Equal(surprises, batch.Surprises);
        Assert.Equal(latents[0], batch.Latent(0));
        Assert.Equal(latents[1], batch.Latent(1));
        Assert.Equal(served, rented.SaveState());
    }

    [Theory]
    [InlineData(GraphNames.Heads, AgentOutputs.Outcome, TensorNames.Value)]
    [InlineData(GraphNames.Surprise, AgentOutputs.Surprise, TensorNames.Kl)]
    public void What_is_asked_for_beside_the_action_is_looked_at_as_well(string graph, AgentOutputs outputs, string what)
    {
        using var agent = DreamerAgent.Load(PatchedAgent.WithWeights(_folder, graph, weights => weights.Fill(float.NaN)));
        using (var asks = agent.CreateSession(new() { Outputs = outputs }))
        using (var batch = agent.CreateBatch(new() { Size = 1, Outputs = outputs }))
        {
            Assert.Contains($"of '{what}' at step 0", Assert.Throws<NonFiniteOutputException>(() => asks.Act(Black)).Message, StringComparison.Ordinal);
            Assert.Throws<NonFiniteOutputException>(() => batch.Act(Black, [], new int[1]));
            Assert.Equal(0, asks.Step);
        }

        using var does = agent.CreateSession(new() { Outputs = AgentOutputs.None });
        Assert.InRange(does.Act(Black), 0, 2);
    }

    [Fact]
    public async Task An_agent_of_which_nothing_finite_comes_is_not_served()
    {
        var path = PatchedAgent.WithWeights(_folder, GraphNames.Policy, weights => weights.Fill(float.NaN));
        Assert.Throws<NonFiniteOutputException>(() => ServedAgent.Load(o => o.Path = path));
        await using var pool = ServedAgent.Load();
        var reload = await pool.ReloadAsync(path);
        Assert.Equal(ReloadOutcome.Refused, reload.Outcome);
        Assert.Contains("NaN", reload.Reason, StringComparison.Ordinal);
    }

    /// <summary>An agent that takes black images as ever and leaves the numbers on white ones.</summary>
    private string ThatFailsOnWhite()
    {
        // An infinite weight turns off the unit that it leads to where it meets a negative number, which ELU bounds, and breaks it where it meets a positive one.
        for (var index = 0; ; index++)
        {
            using var attempt = new TemporaryFolder();
            using (var agent = DreamerAgent.Load(PatchedAgent.WithWeights(attempt, GraphNames.Encoder, weights => weights[index] = float.PositiveInfinity)))
            using (var encoder = agent.OpenGraph(GraphNames.Encoder))
            {
                if (!IsFinite(encoder, Black) || IsFinite(encoder, White))
                {
                    continue;
                }
            }
            return PatchedAgent.WithWeights(_folder, GraphNames.Encoder, weights => weights[index] = float.PositiveInfinity);
        }
    }

    private static bool IsFinite(AgentGraph encoder, byte[] image)
    {
        using var run = new RunOptions();
        using var value = OrtValue.CreateTensorValueFromMemory(image, [1, 10, 5, 1]);
        using var outputs = encoder.Session.Run(run, [TensorNames.Image], [value], [TensorNames.Embedding]);
        return FiniteNumbers.IndexOfNonFinite(outputs[0].GetTensorDataAsSpan<float>()) < 0;
    }
}
