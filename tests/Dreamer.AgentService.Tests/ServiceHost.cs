using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using AgentService;
using AgentService.Draining;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Dreamer.AgentService.Tests;

/// <summary>The service on a port of its own, gone with the test.</summary>
internal sealed class ServiceHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly SocketsHttpHandler _handler = new() { UseProxy = false };

    private ServiceHost(WebApplication app)
    {
        _app = app;
        Address = new Uri(app.Urls.Single());
        Http = new HttpClient(_handler) { BaseAddress = Address };
    }

    internal static string Agent { get; } = Path.Combine(AppContext.BaseDirectory, "agents", "catch");

    internal Uri Address { get; }

    internal HttpClient Http { get; }

    internal IServiceProvider Services => _app.Services;

    internal DrainState Drain => _app.Services.GetRequiredService<DrainState>();

    /// <summary>Starts a service.</summary>
    /// <param name="settings">Such as <c>Agent:Sessions:MaxSessions=1</c>.</param>
    internal static Task<ServiceHost> StartAsync(params string[] settings) => StartAsync(null, settings);

    /// <summary>Starts a service that tells the time by another clock.</summary>
    internal static async Task<ServiceHost> StartAsync(TimeProvider? time, params string[] settings)
    {
        string[] args = ["--Urls=http://127.0.0.1:0", "--Service:DrainDelay=00:00:00", .. settings.Select(setting => $"--{setting}")];
        var app = AgentServiceApp.Build(args, builder =>
        {
            builder.Logging.ClearProviders();
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }
        });
        await app.StartAsync();
        return new ServiceHost(app);
    }

    /// <summary>Opens a WebSocket.</summary>
    internal async Task<SocketClient> ConnectAsync(string path)
    {
        var socket = new ClientWebSocket();
        socket.Options.Proxy = null;
        socket.Options.CollectHttpResponseDetails = true;
        await socket.ConnectAsync(new UriBuilder(new Uri(Address, path)) { Scheme = "ws" }.Uri, TestContext.Current.CancellationToken);
        return new SocketClient(socket);
    }

    /// <summary>Waits until a step waits.</summary>
    internal Task QueuedAsync() => Eventually.HoldsAsync(
        async () => (await Http.GetFromJsonAsync<JsonElement>("v1/status")).GetProperty("queued").GetInt32() == 1);

    /// <summary>Stops as at SIGTERM.</summary>
    internal Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _handler.Dispose();
        await _app.DisposeAsync();
    }
}
