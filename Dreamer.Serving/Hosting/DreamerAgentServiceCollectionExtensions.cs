using System.Diagnostics.Metrics;
using Dreamer.Inference;
using Dreamer.Serving;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers served agents.</summary>
public static class DreamerAgentServiceCollectionExtensions
{
    /// <summary>Serves an agent as the only or default one.</summary>
    /// <remarks>
    /// Registers singletons: <see cref="IAgentServer"/> with its decorators, <see cref="AgentPool"/> and <see cref="AgentHealthCheck"/>. The agent is loaded,
    /// verified and tried when the host starts; invalid options or an invalid folder stop the start. It drains and is freed when the host stops.
    /// </remarks>
    /// <param name="services">Where to.</param>
    /// <param name="configure">Sets at least <see cref="DreamerAgentOptions.Path"/>.</param>
    /// <returns>A builder for decorators.</returns>
    public static AgentServerBuilder AddDreamerAgent(this IServiceCollection services, Action<DreamerAgentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        Configure(services, Options.Options.DefaultName, configure);
        services.AddSingleton(provider => Load(provider, Options.Options.DefaultName));
        services.AddSingleton(provider => new AgentHealthCheck(provider.GetRequiredService<AgentPool>()));
        services.AddSingleton<IHostedService>(provider => new AgentHostedService(provider.GetRequiredService<AgentPool>));
        var builder = new AgentServerBuilder(provider => provider.GetRequiredService<AgentPool>());
        services.AddSingleton(builder.Build);
        return builder;
    }

    /// <summary>Serves one of several agents; its name is the key of its services.</summary>
    /// <param name="services">Where to.</param>
    /// <param name="name">The key of <see cref="IAgentServer"/>, <see cref="AgentPool"/> and <see cref="AgentHealthCheck"/>, and the name of the options.</param>
    /// <param name="configure">Sets at least <see cref="DreamerAgentOptions.Path"/>.</param>
    /// <returns>A builder for decorators.</returns>
    /// <inheritdoc cref="AddDreamerAgent(IServiceCollection, Action{DreamerAgentOptions})" path="/remarks"/>
    public static AgentServerBuilder AddDreamerAgent(this IServiceCollection services, string name, Action<DreamerAgentOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(configure);
        Configure(services, name, configure);
        services.AddKeyedSingleton(name, (provider, _) => Load(provider, name));
        services.AddKeyedSingleton(name, (provider, _) => new AgentHealthCheck(provider.GetRequiredKeyedService<AgentPool>(name)));
        services.AddSingleton<IHostedService>(provider => new AgentHostedService(() => provider.GetRequiredKeyedService<AgentPool>(name)));
        var builder = new AgentServerBuilder(provider => provider.GetRequiredKeyedService<AgentPool>(name));
        services.AddKeyedSingleton(name, (provider, _) => builder.Build(provider));
        return builder;
    }

    private static void Configure(IServiceCollection services, string name, Action<DreamerAgentOptions> configure)
    {
        services.AddOptions<DreamerAgentOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<DreamerAgentOptions>, DreamerAgentOptionsValidator>());
    }

    private static AgentPool Load(IServiceProvider provider, string name) => AgentPool.Load(
        provider.GetRequiredService<IOptionsMonitor<DreamerAgentOptions>>().Get(name),
        provider.GetService<TimeProvider>(),
        provider.GetService<ILoggerFactory>(),
        provider.GetService<IMeterFactory>());
}
