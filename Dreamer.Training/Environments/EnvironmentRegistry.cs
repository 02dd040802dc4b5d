using System.Collections.Concurrent;

namespace Dreamer.Training.Environments;

/// <summary>Environments by name, for command lines and presets. Thread-safe.</summary>
public sealed class EnvironmentRegistry
{
    private readonly ConcurrentDictionary<string, Func<ulong, IEnvironment>> _factories = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The registry of the process; it starts with the environments of this library.</summary>
    public static EnvironmentRegistry Default { get; } = CreateDefault();

    /// <summary>The registered names, sorted.</summary>
    public IReadOnlyList<string> Names => [.. _factories.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Registers an environment.</summary>
    /// <param name="name">Its name; case does not matter.</param>
    /// <param name="factory">Creates one from a seed.</param>
    /// <exception cref="ArgumentException">The name is empty or taken.</exception>
    public void Register(string name, Func<ulong, IEnvironment> factory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(factory);
        if (!_factories.TryAdd(name, factory))
        {
            throw new ArgumentException($"An environment '{name}' is already registered.", nameof(name));
        }
    }

    /// <summary>The factory of an environment.</summary>
    /// <param name="name">Its name; case does not matter.</param>
    /// <exception cref="ArgumentException">The name is not registered; the message lists the registered ones.</exception>
    public Func<ulong, IEnvironment> Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return _factories.TryGetValue(name, out var factory)
            ? factory
            : throw new ArgumentException($"There is no environment '{name}'. The environments are: {string.Join(", ", Names)}.", nameof(name));
    }

    /// <summary>Creates an environment.</summary>
    /// <param name="name">Its name; case does not matter.</param>
    /// <param name="seed">The seed of its randomness.</param>
    /// <inheritdoc cref="Find" path="/exception"/>
    public IEnvironment Create(string name, ulong seed) => Find(name)(seed);

    private static EnvironmentRegistry CreateDefault()
    {
        var registry = new EnvironmentRegistry();
        registry.Register(Breakout.Name, seed => new Breakout(seed));
        registry.Register(CartPole.Name, seed => new CartPole(seed));
        registry.Register(CartPole.ImageName, seed => new CartPole(seed, ObservationKind.Image));
        registry.Register(Catch.Name, seed => new Catch(seed));
        registry.Register(Grid.Name, seed => new Grid(seed));
        registry.Register(Grid.ImageName, seed => new Grid(seed, GridOptions.Easy));
        registry.Register(Pendulum.Name, seed => new Pendulum(seed));
        registry.Register(Pendulum.ImageName, seed => new Pendulum(seed, ObservationKind.Image));
        return registry;
    }
}
