using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.Time.Testing;

namespace Dreamer.Serving.Tests;

/// <summary>Pools of the repository's agent for tests.</summary>
internal static class ServedAgent
{
    /// <summary>Options under which nothing waits for a clock.</summary>
    internal static DreamerAgentOptions Options(Action<DreamerAgentOptions>? configure = null)
    {
        var options = new DreamerAgentOptions { Path = CatchAgent.Folder, Verify = false };
        options.Batching.Window = TimeSpan.Zero;
        // Machines that run tests are busy with other things.
        options.Batching.StepTimeout = TimeSpan.FromMinutes(10);
        configure?.Invoke(options);
        return options;
    }

    internal static AgentPool Load(Action<DreamerAgentOptions>? configure = null) => AgentPool.Load(Options(configure));

    /// <summary>A pool by a clock that stands still: steps of fewer than all live sessions wait until <see cref="PassWindow"/>.</summary>
    internal static (AgentPool Pool, FakeTimeProvider Time) LoadWithWindow(
        Action<DreamerAgentOptions>? configure = null, TestMeters? meters = null)
    {
        var time = new FakeTimeProvider();
        var options = Options(o => o.Batching.Window = Window);
        configure?.Invoke(options);
        return (AgentPool.Load(options, time, meters: meters), time);
    }

    internal static TimeSpan Window { get; } = TimeSpan.FromMilliseconds(5);

    internal static void PassWindow(this FakeTimeProvider time) => time.Advance(Window);

    internal static StepInput Frame(byte[] frame) => new() { Image = frame };

    /// <summary>Waits for what happens by itself; a test that would wait forever fails in place of hanging.</summary>
    internal static async Task Until(Func<bool> condition)
    {
        using var forever = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        while (!condition())
        {
            await Task.Delay(1, forever.Token);
        }
    }
}
