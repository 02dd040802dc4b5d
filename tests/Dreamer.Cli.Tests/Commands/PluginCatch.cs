using Dreamer.Training.Environments;

namespace Dreamer.Cli.Tests.Commands;

/// <summary>An environment of an assembly that is not the product's: this one.</summary>
public sealed class PluginCatch(ulong seed) : IEnvironment
{
    private readonly Catch _game = new(seed);

    public ObservationSpace ObservationSpace => _game.ObservationSpace;

    public ActionSpace ActionSpace => _game.ActionSpace;

    public EnvironmentStep Reset() => _game.Reset();

    public EnvironmentStep Step(ReadOnlySpan<float> action) => _game.Step(action);
}

/// <summary>One whose first rows do not say that they are first.</summary>
public sealed class PluginWithoutFirst : IEnvironment
{
    private readonly Catch _game = new(seed: 1);

    public ObservationSpace ObservationSpace => _game.ObservationSpace;

    public ActionSpace ActionSpace => _game.ActionSpace;

    public EnvironmentStep Reset() => _game.Reset() with { IsFirst = false };

    public EnvironmentStep Step(ReadOnlySpan<float> action) => _game.Step(action);
}
