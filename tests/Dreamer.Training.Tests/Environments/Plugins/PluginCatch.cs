using Dreamer.Training.Environments;

namespace Dreamer.Training.Tests.Environments.Plugins;

/// <summary>An environment as somebody else may have one: Catch by another name.</summary>
public class PluginCatch(ulong seed) : IEnvironment
{
    private readonly Catch _game = new(seed);

    public ObservationSpace ObservationSpace => _game.ObservationSpace;

    public ActionSpace ActionSpace => _game.ActionSpace;

    public EnvironmentStep Reset() => _game.Reset();

    public EnvironmentStep Step(ReadOnlySpan<float> action) => _game.Step(action);
}

/// <summary>One without a seed.</summary>
public sealed class SeedlessPlugin() : PluginCatch(seed: 3);

/// <summary>One whose constructor fails.</summary>
public sealed class FailingPlugin : PluginCatch
{
    public FailingPlugin()
        : base(seed: 3) => throw new NotSupportedException("no licence");
}

/// <summary>One that nobody can create.</summary>
public sealed class UnconstructiblePlugin(string text) : PluginCatch((ulong)text.Length);

/// <summary>One that is not whole.</summary>
public abstract class AbstractPlugin : PluginCatch
{
    protected AbstractPlugin()
        : base(seed: 3)
    {
    }
}
