using Dreamer.Inference;

namespace Dreamer.Serving;

/// <summary>Puts decorators around a served agent; the first that is added is the outermost.</summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class AgentServerBuilder
{
    private readonly Func<IServiceProvider, IAgentServer> _inner;
    private readonly List<Func<IAgentServer, IServiceProvider, IAgentServer>> _decorators = [];

    /// <summary>Begins with a server.</summary>
    /// <param name="inner">The innermost server.</param>
    public AgentServerBuilder(IAgentServer inner)
        : this(_ => inner) => ArgumentNullException.ThrowIfNull(inner);

    /// <summary>Starts with a server that is created from services.</summary>
    /// <param name="inner">Creates the innermost server.</param>
    public AgentServerBuilder(Func<IServiceProvider, IAgentServer> inner)
    {
        ArgumentNullException.ThrowIfNull(inner);
        _inner = inner;
    }

    /// <summary>Adds a decorator inside the existing ones.</summary>
    /// <param name="decorator">Wraps a server.</param>
    public AgentServerBuilder Use(Func<IAgentServer, IAgentServer> decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        return Use((inner, _) => decorator(inner));
    }

    /// <summary>Adds a decorator inside the existing ones.</summary>
    /// <param name="decorator">Wraps a server, with services.</param>
    public AgentServerBuilder Use(Func<IAgentServer, IServiceProvider, IAgentServer> decorator)
    {
        ArgumentNullException.ThrowIfNull(decorator);
        _decorators.Add(decorator);
        return this;
    }

    /// <summary>Builds the server.</summary>
    /// <param name="services">The services for decorators; null for none.</param>
    public IAgentServer Build(IServiceProvider? services = null)
    {
        services ??= NoServices.Instance;
        var server = _inner(services);
        for (var i = _decorators.Count - 1; i >= 0; i--)
        {
            server = _decorators[i](server, services);
        }
        return server;
    }

    private sealed class NoServices : IServiceProvider
    {
        internal static readonly NoServices Instance = new();

        public object? GetService(Type serviceType) => null;
    }
}
