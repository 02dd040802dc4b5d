using Dreamer.Inference;
using Dreamer.Serving;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class StressTests : IDisposable
{
    private const int Clients = 12;
    private const int StepsBetween = 25;

    private static readonly byte[][] Frames = CatchAgent.Frames(8);

    private readonly TemporaryFolder _one = new();
    private readonly TemporaryFolder _two = new();
    private int _steps;

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
    }

    [Fact]
    public async Task Episodes_begin_step_and_end_while_weights_are_swapped_until_all_is_disposed()
    {
        string[] folders = [Scaled(_one, 1.5f), Scaled(_two, 0.5f)];
        using var odd = DreamerAgent.Load(folders[0]);
        using var even = DreamerAgent.Load(folders[1]);
        var pool = AgentPool.Load(ServedAgent.Options(o =>
            (o.Path, o.Sessions.MaxSessions, o.Batching.Workers, o.Batching.MaxBatchSize, o.Reload.MaxRetired) = (folders[0], Clients - 2, 2, 5, 100)));
        var clients = Enumerable.Range(0, Clients).Select(client => Task.Run(() => PlayAsync(pool, client, odd, even))).ToArray();
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(new AgentReload(ReloadOutcome.Swapped, i + 1), await pool.ReloadAsync(folders[i % 2]));
            // Whoever has the threads, some steps are taken between two swaps.
            await ServedAgent.Until(() => Volatile.Read(ref _steps) >= i * StepsBetween);
        }
        await pool.DisposeAsync();
        Assert.True((await Task.WhenAll(clients)).SelectMany(generations => generations).Distinct().Count() > 1);

        // Nobody holds anything of the pool's: what is left are the two agents of this test, and a handle on each.
        foreach (var agent in (DreamerAgent[])[odd, even])
        {
            using var encoder = agent.OpenGraph(GraphNames.Encoder);
            Assert.Equal(2, SharedGraph.References(encoder.Manifest.Sha256));
        }
    }

    /// <summary>Plays episodes until the pool ends, each on the weights that it began with.</summary>
    /// <returns>The generations that it met.</returns>
    private async Task<HashSet<int>> PlayAsync(AgentPool pool, int client, DreamerAgent odd, DreamerAgent even)
    {
        var met = new HashSet<int>();
        var random = new Random(client);
        try
        {
            while (true)
            {
                await using var session = await pool.RentAsync(new() { Seed = (ulong)client, EpisodeId = "e" });
                var agent = session.Info.Generation % 2 == 1 ? odd : even;
                using var alone = agent.CreateSession(new() { Seed = (ulong)client, EpisodeId = "e" });
                for (var left = random.Next(1, 30); left > 0; left--)
                {
                    var frame = Frames[random.Next(Frames.Length)];
                    var step = await session.StepAsync(ServedAgent.Frame(frame));
                    Assert.Equal((alone.Act(frame), alone.Value, alone.Surprise), (step.Action!.Value, step.Value!.Value, step.Surprise!.Value));
                    met.Add(session.Info.Generation);
                    Interlocked.Increment(ref _steps);
                }
            }
        }
        catch (AgentStoppingException)
        {
            return met;
        }
    }

    private static string Scaled(TemporaryFolder folder, float by) => PatchedAgent.WithWeights(folder, GraphNames.Encoder, weights =>
    {
        foreach (ref var weight in weights)
        {
            weight *= by;
        }
    });
}
