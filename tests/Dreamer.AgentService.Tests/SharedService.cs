using Xunit;

namespace Dreamer.AgentService.Tests;

/// <summary>A service with its defaults for all tests of a class, which each begin sessions of their own.</summary>
public sealed class SharedService : IAsyncLifetime
{
    internal ServiceHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await ServiceHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
