namespace Dreamer.Training.Environments;

/// <summary>Remembers the environments that a factory creates, and disposes them together.</summary>
/// <param name="factory">Creates an environment from a seed.</param>
public sealed class CreatedEnvironments(Func<ulong, IEnvironment> factory) : IDisposable
{
    private readonly List<IDisposable> _created = [];

    /// <summary>Creates an environment.</summary>
    /// <param name="seed">The environment's seed.</param>
    public IEnvironment Create(ulong seed)
    {
        var environment = factory(seed);
        if (environment is IDisposable disposable)
        {
            _created.Add(disposable);
        }
        return environment;
    }

    /// <summary>Disposes all that were created and need it.</summary>
    public void Dispose()
    {
        foreach (var environment in _created)
        {
            environment.Dispose();
        }
        _created.Clear();
    }
}
