using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Dreamer.Serving.Tests;

public sealed class ReloadTests : IDisposable
{
    private static readonly byte[][] Frames = CatchAgent.Frames(8);

    private readonly TemporaryFolder _one = new();
    private readonly TemporaryFolder _two = new();
    private readonly TestMeters _meters = new();

    public void Dispose()
    {
        _one.Dispose();
        _two.Dispose();
        _meters.Dispose();
    }

    [Fact]
    public async Task New_episodes_begin_with_the_new_weights_and_those_that_live_end_on_the_old()
    {
        var (served, offered) = (Patched(_one, 0.25f), Patched(_two, -0.25f));
        await using var pool = Load(served);
        using var generations = new Measured(_meters, ServingDiagnostics.Generations);
        await using var before = await pool.RentAsync(new() { EpisodeId = "e" });
        Assert.Equal(new AgentReload(ReloadOutcome.Swapped, 2), await pool.ReloadAsync(offered));
        await using var after = await pool.RentAsync(new() { EpisodeId = "e" });
        Assert.Equal((1, 2), (before.Info.Generation, after.Info.Generation));
        Assert.Equal(2, generations.Observe());

        using var oldAgent = DreamerAgent.Load(served);
        using var newAgent = DreamerAgent.Load(offered);
        using var oldSession = oldAgent.CreateSession(new() { EpisodeId = "e" });
        using var newSession = newAgent.CreateSession(new() { EpisodeId = "e" });
        foreach (var frame in Frames)
        {
            var steps = await Task.WhenAll(before.StepAsync(ServedAgent.Frame(frame)), after.StepAsync(ServedAgent.Frame(frame)));
            Assert.Equal((oldSession.Act(frame), oldSession.Value), (steps[0].Action!.Value, steps[0].Value!.Value));
            Assert.Equal((newSession.Act(frame), newSession.Value), (steps[1].Action!.Value, steps[1].Value!.Value));
            Assert.NotEqual(steps[0].Value, steps[1].Value);
        }
        // A state belongs to the weights that it was computed with.
        await Assert.ThrowsAsync<InvalidDataException>(() => pool.StartAsync(new() { State = before.SaveState() }));
    }

    [Fact]
    public async Task Old_weights_are_freed_with_the_last_episode_that_began_with_them()
    {
        var (served, offered) = (Patched(_one, 0.5f), Patched(_two, -0.5f));
        await using var pool = Load(served);
        var hash = pool.Manifest.Graph(GraphNames.Encoder).Sha256;
        var (first, second) = (await pool.RentAsync(), await pool.RentAsync());
        await first.StepAsync(ServedAgent.Frame(Frames[0]));
        await pool.ReloadAsync(offered);
        await first.DisposeAsync();
        Assert.Equal(1, (await second.StepAsync(ServedAgent.Frame(Frames[0]))).Step);
        Assert.True(SharedGraph.References(hash) > 0);
        await second.DisposeAsync();
        // A worker gives its own hold back right after the answer.
        await ServedAgent.Until(() => pool.Generations == 1);
        Assert.Equal(0, SharedGraph.References(hash));
    }

    [Fact]
    public async Task Bad_folders_are_refused_while_sessions_act_and_what_serves_goes_on()
    {
        var served = CatchAgent.CopyTo(_one);
        await using var pool = Load(served, o => o.Verify = true);
        using var reloads = new Measured(_meters, ServingDiagnostics.Reloads);
        var others = new Dictionary<string, string>
        {
            ["is missing"] = _two.File("nowhere"),
            ["expects"] = Damaged("damaged"),
            ["does not reproduce its test data"] = Patched(_two, 1f, "other weights than its test data"),
        };
        using var stop = new CancellationTokenSource();
        var acting = Task.WhenAll(Enumerable.Range(0, 8).Select(i => ActAsync(pool, i, stop.Token)));
        foreach (var (reason, folder) in others)
        {
            var reload = await pool.ReloadAsync(folder);
            Assert.Equal((ReloadOutcome.Refused, 1), (reload.Outcome, reload.Generation));
            Assert.Contains(reason, reload.Reason, StringComparison.Ordinal);
            Assert.Equal(reload, pool.LastReload);
        }
        Assert.Equal(others.Count, reloads.Sum("outcome", "refused"));
        // And a good one in their midst: the same agent under another name.
        Assert.Equal(ReloadOutcome.Swapped, (await pool.ReloadAsync(WithText("renamed", Renamed))).Outcome);
        Assert.Equal("renamed", pool.Manifest.Name);
        await stop.CancelAsync();
        Assert.All(await acting, steps => Assert.True(steps > 0));
    }

    [Fact]
    public async Task An_agent_that_does_something_else_cannot_take_the_place()
    {
        await using var pool = Load(CatchAgent.CopyTo(_one));
        var reload = await pool.ReloadAsync(WithText("other actions", text => text.Replace("\"stay\"", "\"wait\"", StringComparison.Ordinal)));
        Assert.Equal(
            "Agent 'catch' cannot replace 'catch'. Its actions are discrete, 3: left, wait, right; the served agent's actions are discrete, 3: left, stay, right.",
            reload.Reason);
    }

    [Fact]
    public async Task No_more_old_agents_are_kept_than_may_be()
    {
        await using var pool = Load(CatchAgent.CopyTo(_one), o => o.Reload.MaxRetired = 1);
        var first = await pool.RentAsync();
        var (one, two) = (WithText("one", Renamed), WithText("two", text => Renamed(Renamed(text), "again")));
        Assert.Equal(ReloadOutcome.Swapped, (await pool.ReloadAsync(one)).Outcome);
        await using var second = await pool.RentAsync();
        var deferred = await pool.ReloadAsync(two);
        Assert.Equal((ReloadOutcome.Deferred, 2), (deferred.Outcome, deferred.Generation));
        Assert.Contains("2 agents are in use", deferred.Reason, StringComparison.Ordinal);
        await first.DisposeAsync();
        await ServedAgent.Until(() => pool.Generations == 1);
        Assert.Equal(ReloadOutcome.Swapped, (await pool.ReloadAsync(two)).Outcome);
    }

    [Fact]
    public async Task The_folder_is_looked_at_from_time_to_time_where_that_is_asked_for()
    {
        var time = new FakeTimeProvider();
        var served = CatchAgent.CopyTo(_one);
        await using var pool = AgentPool.Load(ServedAgent.Options(o => (o.Path, o.Reload.PollInterval) = (served, TimeSpan.FromSeconds(10))), time, meters: _meters);
        using var reloads = new Measured(_meters, ServingDiagnostics.Reloads);
        time.Advance(TimeSpan.FromSeconds(10));

        // A bad one is tried once, and again when somebody wrote into the folder.
        var (encoder, manifest) = (Path.Combine(served, "encoder.onnx"), Path.Combine(served, AgentManifest.FileName));
        var (whole, original) = (File.ReadAllBytes(encoder), File.ReadAllText(manifest));
        File.WriteAllBytes(encoder, whole[..^1]);
        PatchedAgent.WithManifest(served, Renamed);
        await PollUntil(() => pool.LastReload?.Outcome == ReloadOutcome.Refused);
        time.Advance(TimeSpan.FromSeconds(30));
        File.WriteAllBytes(encoder, whole);
        File.WriteAllText(manifest, original);
        await PollUntil(() => pool.LastReload?.Outcome == ReloadOutcome.Unchanged);
        PatchedAgent.WithManifest(served, Renamed);
        await PollUntil(() => pool.LastReload?.Outcome == ReloadOutcome.Swapped);
        Assert.Equal("renamed", pool.Manifest.Name);
        Assert.Equal((1, 1), (reloads.Sum("outcome", "refused"), reloads.Sum("outcome", "swapped")));

        Task PollUntil(Func<bool> condition) => ServedAgent.Until(() =>
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return condition();
        });
    }

    [Fact]
    public async Task A_reload_that_has_to_wait_is_tried_again()
    {
        var time = new FakeTimeProvider();
        var served = CatchAgent.CopyTo(_one);
        await using var pool = AgentPool.Load(
            ServedAgent.Options(o => (o.Path, o.Reload.PollInterval, o.Reload.MaxRetired, o.Sessions.IdleTimeout) = (served, TimeSpan.FromSeconds(10), 0, TimeSpan.FromDays(30))),
            time,
            meters: _meters);
        var session = await pool.RentAsync();
        PatchedAgent.WithManifest(served, Renamed);
        await ServedAgent.Until(() => Polled(ReloadOutcome.Deferred));
        await session.DisposeAsync();
        await ServedAgent.Until(() => Polled(ReloadOutcome.Swapped));
        Assert.Equal("renamed", pool.Manifest.Name);

        bool Polled(ReloadOutcome outcome)
        {
            time.Advance(TimeSpan.FromSeconds(10));
            return pool.LastReload?.Outcome == outcome;
        }
    }

    private AgentPool Load(string folder, Action<DreamerAgentOptions>? configure = null) => AgentPool.Load(
        ServedAgent.Options(options =>
        {
            options.Path = folder;
            configure?.Invoke(options);
        }),
        meters: _meters);

    private static async Task<int> ActAsync(AgentPool pool, int number, CancellationToken stop)
    {
        using var agent = CatchAgent.Load();
        var steps = 0;
        // At least one episode, so that the test cannot pass without one.
        do
        {
            await using var session = await pool.RentAsync(new() { EpisodeId = $"e{number}", ActionSelection = ActionSelection.Sampled }, cancellationToken: CancellationToken.None);
            using var alone = agent.CreateSession(new() { EpisodeId = $"e{number}", ActionSelection = ActionSelection.Sampled });
            foreach (var frame in Frames)
            {
                Assert.Equal(alone.Act(frame), (await session.StepAsync(ServedAgent.Frame(frame), CancellationToken.None)).Action);
                steps++;
            }
        }
        while (!stop.IsCancellationRequested);
        return steps;
    }

    private static string Patched(TemporaryFolder folder, float by, string name = "patched")
    {
        var path = PatchedAgent.WithWeights(folder, GraphNames.Encoder, weights =>
        {
            foreach (ref var weight in weights)
            {
                weight += by * weight;
            }
        });
        var moved = folder.File(name);
        Directory.Move(path, moved);
        return moved;
    }

    private string Damaged(string name)
    {
        var folder = WithText(name, Renamed);
        var path = Path.Combine(folder, "policy.onnx");
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 1;
        File.WriteAllBytes(path, bytes);
        return folder;
    }

    private string WithText(string name, Func<string, string> change)
    {
        var copy = CatchAgent.CopyTo(_two);
        PatchedAgent.WithManifest(copy, change);
        var moved = _two.File(name);
        Directory.Move(copy, moved);
        return moved;
    }

    private static string Renamed(string manifest) => Renamed(manifest, "renamed");

    private static string Renamed(string manifest, string name) =>
        manifest.Replace("\"name\": \"catch\"", $"\"name\": \"{name}\"", StringComparison.Ordinal)
            .Replace("\"name\": \"renamed\"", $"\"name\": \"{name}\"", StringComparison.Ordinal);
}
